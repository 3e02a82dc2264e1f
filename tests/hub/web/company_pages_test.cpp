// What the pages about a company say, as a visitor gets them. Expected by people.md: silent PCs never count as 適合 and are told without
// alarm, no company-wide 適合 while 登録 differs from 申告, 自己申告 marked, dates and never clock times; by issue 5: plans, wishes,
// recorded.
#include <doctest/doctest.h>

#include "hub/software_view.h"
#include "hub/web/layout.h"
#include "tests/hub/company_scene.h"
#include "tests/hub/web/visitor.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

bool shows(const HttpReply& reply, const std::string& text) { return reply.body.find(text) != std::string::npos; }

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

struct Visited {
  Pages pages;
  Scene scene{*pages.office.store};
  Browser browser{pages};
  explicit Visited(Role role = Role::administrator, const std::string& language = "ja") {
    browser.language = language;
    browser.now = day(0);
    browser.sign_in(pages.add_person("tanaka", "yamada", role));
  }
  HttpReply get(const std::string& path) {
    auto reply = browser.get("/c/yamada" + path);
    REQUIRE_MESSAGE(reply.status == 200, path);
    return reply;
  }
  std::string path_of(const Device& device) const { return "/devices/" + device.id; }
};

const char* const kPages[] = {"", "/devices", "/checks", "/shares", "/software"};

compliance::JudgedFinding missing_antivirus() { return found("antivirus.active", "antivirus", "no-product"); }

}  // namespace

TEST_CASE("an empty company has pages that say so, in both languages, and is nowhere called fine") {
  for (const char* language : {"ja", "en"}) {
    Visited visited(Role::viewer, language);
    for (const char* path : kPages) {
      const auto page = visited.get(path);
      CHECK(count_of(page.body, "<h1>") == 1);
      CHECK_FALSE(shows(page, "{{"));
      CHECK_FALSE(shows(page, "class=\"verdict good\""));
      CHECK_FALSE(shows(page, "answer good"));
    }
  }
  Visited visited;
  CHECK(shows(visited.get(""), "まだPCが登録されていません。"));
  CHECK(shows(visited.get("/devices"), "まだPCが登録されていません。"));
  // The five words are explained wherever they stand in numbers.
  for (const char* path : {"", "/devices"}) CHECK(shows(visited.get(path), "<dt>測定不能</dt><dd>調べられなかったことがあり"));
  CHECK_FALSE(shows(visited.get("/devices"), "直すところが見つかったわけではありません"));
}

TEST_CASE("the company's page answers in one sentence, with the tiles that belong to it") {
  Visited visited;
  visited.scene.state(2);
  const auto one = visited.scene.add("PC-01", day(0)), two = visited.scene.add("PC-02", day(0));
  visited.scene.judge(one, day(-20));
  visited.scene.judge(two, day(-20));
  auto page = visited.get("");
  CHECK(shows(page, "直すところは見つかりませんでした（2台中2台）。"));
  CHECK(shows(page, "<p class=\"answer good\">"));
  CHECK(count_of(page.body, "class=\"tile good\"") == 5);
  // Once: where the numbers are the same, the tiles need not repeat them.
  CHECK(count_of(page.body, "登録 2台／申告 2台") == 1);
  CHECK(shows(page, "自己申告"));
  CHECK(shows(page, "手当ての担当: 田中さん"));
  CHECK(shows(page, "調べていないもの"));
  // Three stated, two registered: never 適合.
  visited.scene.state(3);
  page = visited.get("");
  CHECK(shows(page, "会社の3台のうち、1台がまだ登録されていません。"));
  CHECK(count_of(page.body, "登録 2台／申告 3台") == 6);
  CHECK_FALSE(shows(page, "answer good"));
  CHECK(count_of(page.body, "class=\"tile good\"") == 0);
  CHECK(shows(page, "会社全体の「適合」は出しません"));
  visited.scene.state(2);
  visited.scene.judge(two, day(0), {missing_antivirus()});
  page = visited.get("");
  CHECK(shows(page, "1台に手当てが必要です。"));
  CHECK(shows(page, "残り1台に直すところは見つかりませんでした。"));
  CHECK(shows(page, "<a href=\"/c/yamada/devices/" + two.id + "\">PC-02</a>"));
  CHECK(shows(page, "今日できること"));
  CHECK_FALSE(shows(page, "費用がかかること"));
  CHECK(shows(page, "新しく手当てが必要になりました。"));
}

TEST_CASE("the PCs without a fault are said to wait for the company's answers while it has not given them") {
  Visited visited;
  visited.scene.judge(visited.scene.add("PC-01", day(0)), day(-1));
  visited.scene.judge(visited.scene.add("PC-02", day(0)), day(-1), {missing_antivirus()});
  CHECK(shows(visited.get(""), "残り1台に直すところは見つかりませんでした（会社への質問のお答え待ちです）。"));
  visited.scene.state(2);
  CHECK(shows(visited.get(""), "残り1台に直すところは見つかりませんでした。"));
}

TEST_CASE("a silent PC is told without alarm, and nothing of it passes on any page") {
  Visited visited;
  visited.scene.state(1);
  const auto pc = visited.scene.add("PC-17 現場ノート", day(-12));
  visited.scene.judge(pc, day(-12), {found("antivirus.active", "antivirus", "active", Verdict::pass)});
  const auto company = visited.get("");
  CHECK(shows(company, "1台から連絡がありません。"));
  CHECK(shows(company, "故障とは限りません"));
  // Something to do today, with the PC's name; and each tile that is 測定不能 for this alone says so.
  CHECK_FALSE(shows(company, "いま直すものはありません。"));
  CHECK(company.body.find("連絡のないPCがあります。") < company.body.find("ルールごとのようす"));
  CHECK(count_of(company.body, "PC-17 現場ノート</a>") == 2);
  CHECK(count_of(company.body, "会社としては決められません") == 5);
  CHECK(shows(company, "最後の連絡: 2026年11月12日"));
  CHECK_FALSE(shows(company, "廃棄しましたか"));
  CHECK_FALSE(shows(company, "answer good"));
  CHECK(count_of(company.body, "class=\"tile good\"") == 0);
  const auto list = visited.get("/devices");
  CHECK(shows(list, "<span class=\"verdict quiet\">連絡なし</span>"));
  CHECK_FALSE(shows(list, "verdict good"));
  CHECK(shows(visited.get("/devices?state=pass"), "あてはまるPCはありません。"));
  CHECK(shows(visited.get("/devices?state=silent"), "PC-17 現場ノート"));
  const auto page = visited.get(visited.path_of(pc));
  CHECK(shows(page, "いまのようすは分かりません。"));
  CHECK_FALSE(shows(page, "verdict good"));
  const auto check = visited.get("/checks/antivirus_active");
  CHECK(shows(check, "連絡なし"));
  CHECK_FALSE(shows(check, "verdict good"));
  visited.browser.now = day(25);
  visited.browser.sign_in(*visited.pages.store->person("tanaka"));
  CHECK(shows(visited.get(""), "廃棄しましたか"));
}

TEST_CASE("what could not be measured is never shown as good") {
  Visited visited;
  visited.scene.state(1);
  const auto pc = visited.scene.add("PC-01", day(0));
  auto unknown = found("updates.security-installed", "updates", "unmeasured", Verdict::unknown);
  unknown.finding.absence = compliance::Absence{platform::ErrorKind::timed_out, "10 minutes", "apt", day(-1)};
  visited.scene.judge(pc, day(-1), {unknown});
  for (const auto& path :
       {std::string(), visited.path_of(pc), std::string("/devices"), std::string("/checks/updates_security-installed")}) {
    CAPTURE(path);
    CHECK(shows(visited.get(path), "測定不能"));
  }
  CHECK(count_of(visited.get("").body, "class=\"tile good\"") == 4);
  CHECK_FALSE(shows(visited.get("/devices"), "verdict good"));
}

TEST_CASE("a PC's page says what was seen, since when, why and what to do, and marks what people said") {
  Visited visited;
  visited.scene.state(1);
  const auto pc = visited.scene.add("PC-03 経理", day(0));
  auto late = found("antivirus.active", "antivirus", "no-product");
  late.finding.first_seen = day(-9);
  late.finding.observed_at = day(-2);
  auto declared = found("passwords.length", "passwords", "declared-short", Verdict::fail, {{"date", compliance::Date{day(-60)}}});
  declared.finding.declared = true;
  auto excepted = found("sharing.smb1-off", "sharing", "windows-server-on");
  excepted.exception = compliance::PolicyException{"sharing.smb1-off", {}, "古い<複合機>", "田中", day(20)};
  visited.scene.judge(pc, day(-1), {late, declared, excepted});
  const auto page = visited.get(visited.path_of(pc));
  CHECK(shows(page, "ウイルス対策ソフトが見つかりません。"));
  CHECK(shows(page, "初めて確認した日: 2026年11月15日"));
  CHECK(shows(page, "2026年11月22日に調べた結果です（2日前）。"));
  CHECK(shows(page, "直し方"));
  // One thing lies open: what to do first.
  CHECK(count_of(page.body, "<details open>") == 1);
  const auto first = page.body.find("<section class=\"finding\" id=\"antivirus_active\"");
  REQUIRE(first != std::string::npos);
  CHECK(page.body.find("<details open>", first) < page.body.find("</section>", first));
  CHECK(shows(page, "<small class=\"mark\">自己申告</small>"));
  CHECK(shows(page, "例外（2026年12月14日まで）: 古い&lt;複合機&gt;"));
  CHECK(shows(page, "理由になったルール: ウイルス対策"));
  // Dates, never clock times.
  CHECK(page.body.find("時0") == std::string::npos);
}

TEST_CASE("a plan is noted, shown, recorded, ends with the fix, and changes no verdict") {
  Visited visited;
  visited.scene.state(1);
  const auto pc = visited.scene.add("PC-03 経理", day(0));
  visited.scene.judge(pc, day(-1), {missing_antivirus()});
  const auto path = "/c/yamada" + visited.path_of(pc);
  const auto plan = [&](const std::string& state, const std::string& until, const std::string& check = "antivirus.active") {
    return visited.browser.post(path + "/plan", {{"check", check}, {"state", state}, {"day", until}}).status;
  };
  CHECK(plan("planned", "") == 422);
  CHECK(plan("planned", "2026-11-23") == 422);
  CHECK(plan("planned", "2027-12-31") == 422);
  CHECK(plan("planned", "2026-11-31") == 422);
  CHECK(plan("doing", "", "no.such-check") == 422);
  CHECK(plan("doing", "", "<script>") == 422);
  CHECK(visited.pages.store->plans("yamada", "")->empty());
  REQUIRE(plan("planned", "2026-11-30") == 303);
  CHECK(shows(visited.get(visited.path_of(pc)), "対応予定 2026年11月30日"));
  CHECK(shows(visited.get(""), "（対応予定 2026年11月30日）"));
  CHECK(shows(visited.get(""), "1台に手当てが必要です。"));
  visited.browser.now = day(7);
  visited.browser.sign_in(*visited.pages.store->person("tanaka"));
  visited.scene.put([&] {
    auto heard = pc;
    heard.last_receipt = day(7);
    return heard;
  }());
  CHECK(shows(visited.get(visited.path_of(pc)), "対応予定の2026年11月30日を過ぎました"));
  REQUIRE(plan("doing", "") == 303);
  CHECK(shows(visited.get(visited.path_of(pc)), "対応中"));
  const auto record = visited.get("/record");
  for (const char* deed : {"対応予定を入れた", "対応中にした", "PC-03 経理", "2026年11月30日"}) CHECK(shows(record, deed));
  visited.scene.judge(pc, day(7), {found("antivirus.active", "antivirus", "active", Verdict::pass)});
  CHECK(visited.pages.store->plans("yamada", "")->empty());
  // Taking it back.
  visited.scene.judge(pc, day(7), {missing_antivirus()});
  REQUIRE(plan("doing", "") == 303);
  REQUIRE(plan("", "") == 303);
  CHECK(visited.pages.store->plans("yamada", "")->empty());
}

TEST_CASE("a scan is asked for, a group given, a comment written; each by whom it is for, and recorded") {
  Visited visited(Role::adviser);
  const auto pc = visited.scene.add("PC-03 経理", day(0));
  const auto path = "/c/yamada" + visited.path_of(pc);
  REQUIRE(visited.browser.post(path + "/scan", {}).status == 303);
  CHECK(visited.pages.store->device_by_id(pc.id)->scan_wanted == day(0));
  CHECK(shows(visited.get(visited.path_of(pc)), "2026年11月24日に再チェックを頼みました。まだ答えは届いていません。"));
  CHECK(visited.browser.post(path + "/group", {{"group", std::string(41, 'x')}}).status == 422);
  REQUIRE(visited.browser.post(path + "/group", {{"group", "<b>本社</b>"}}).status == 303);
  CHECK(shows(visited.get("/devices"), "&lt;b&gt;本社&lt;/b&gt;"));
  CHECK(shows(visited.get("/devices?group=%3Cb%3E%E6%9C%AC%E7%A4%BE%3C%2Fb%3E"), "PC-03 経理"));
  CHECK(shows(visited.get("/devices?group=other"), "あてはまるPCはありません。"));
  REQUIRE(visited.browser.post("/c/yamada/comment", {{"comment", "来週<うかがいます>"}}).status == 303);
  CHECK(shows(visited.get(""), "来週&lt;うかがいます&gt;"));
  CHECK(visited.browser.post("/c/yamada/comment", {{"comment", std::string(201, 'x')}}).status == 422);
  const auto record = visited.get("/record");
  for (const char* deed : {"再チェックを頼んだ", "PCのグループを変えた", "会社へのひとことを変えた"}) CHECK(shows(record, deed));
  Browser owner{visited.pages};
  owner.now = day(0);
  owner.sign_in(visited.pages.add_person("owner", "yamada", Role::owner));
  CHECK(owner.post("/c/yamada/comment", {{"comment", "x"}}).status == 403);
  CHECK_FALSE(shows(owner.get("/c/yamada"), "action=\"/c/yamada/comment\""));
  CHECK(visited.pages.store->comment("yamada")->text == "来週<うかがいます>");
  Browser viewer{visited.pages};
  viewer.now = day(0);
  viewer.sign_in(visited.pages.add_person("viewer", "yamada", Role::viewer));
  CHECK_FALSE(shows(viewer.get(path), "<button class=\"quiet\""));
}

TEST_CASE("a PC of another company is not there, for looking or for changing") {
  Visited visited;
  visited.pages.office.add_company("sato");
  Scene other{*visited.pages.office.store, "sato"};
  const auto theirs = other.add("PC-99", day(0));
  other.judge(theirs, day(-1), {missing_antivirus()});
  const auto path = "/c/yamada/devices/" + theirs.id;
  const auto before = visited.pages.office.fingerprint();
  CHECK(visited.browser.get(path).status == 404);
  CHECK(visited.browser.get(path + "/report").status == 404);
  for (const auto& [form, fields] : std::vector<std::pair<std::string, std::map<std::string, std::string>>>{
           {"/scan", {}}, {"/group", {{"group", "x"}}}, {"/plan", {{"check", "antivirus.active"}, {"state", "doing"}}}})
    CHECK(visited.browser.post(path + form, fields).status == 404);
  CHECK(visited.pages.office.fingerprint() == before);
  for (const char* page : kPages) CHECK_FALSE(shows(visited.get(page), "PC-99"));
}

TEST_CASE("names from PCs and people are shown as text on every page, whatever they are") {
  for (const std::string hostile : {"<img src=x onerror=alert(1)>", "\"><script>alert(1)</script>", "{{{token}}}{{title}}", "' OR 1=1 --",
                                    "\xE2\x80\xAE"
                                    "evil",
                                    "</title><svg/onload=alert(1)>"}) {
    CAPTURE(hostile);
    Visited visited;
    visited.scene.state(1);
    auto company = *visited.pages.store->company("yamada");
    company.name = company.person_in_charge = hostile;
    visited.scene.write([&] { REQUIRE(visited.pages.office.store->put_company(company)); });
    auto pc = visited.scene.add(hostile, day(0));
    pc.host_name = hostile;
    visited.scene.put(pc);
    auto finding = found("updates.software-supported", "updates", "ended");
    finding.finding.items = {{{"name", compliance::Name{hostile}}, {"version", compliance::Version{hostile}}}};
    visited.scene.judge(pc, day(-1), {finding, missing_antivirus()});
    visited.scene.write([&] {
      auto& store = *visited.pages.office.store;
      REQUIRE(store.set_group("yamada", pc.id, hostile));
      REQUIRE(store.put_comment("yamada", {hostile, hostile, day(0)}));
      REQUIRE(store.put_plan("yamada", {pc.id, "antivirus.active", PlanState::doing, {}, hostile, day(0)}));
      REQUIRE(store.add_report({"yamada", pc.id, {1, 1}, std::string(64, 'a'), platform::Json{{"x", hostile}}.dump(), day(0), day(0), 0}));
      auto latest = pc;
      latest.latest = latest.current = {1, 1};
      REQUIRE(store.put_device(latest));
    });
    for (const auto& path :
         {std::string(), std::string("/devices"), std::string("/devices?text=") + escaped_for_query(hostile), visited.path_of(pc),
          visited.path_of(pc) + "/report", std::string("/checks"), std::string("/checks/updates_software-supported"),
          std::string("/shares"), std::string("/software"), "/software?text=" + escaped_for_query(hostile)}) {
      const auto page = visited.get(path);
      CAPTURE(path);
      for (const char* markup : {"<img src=x", "<script", "<svg/", "\xE2\x80\xAE"}) CHECK_FALSE(shows(page, markup));
      if (hostile == "{{{token}}}{{title}}" && path.empty()) CHECK(shows(page, "{{{token}}}{{title}}"));
    }
  }
}

TEST_CASE("the trend stands with its numbers once it has four weeks, and no earlier") {
  Visited visited;
  visited.scene.state(1);
  visited.scene.judge(visited.scene.add("PC-01", day(0)), day(-1));
  const auto midnight = platform::Time{std::chrono::floor<platform::Days>(day(0))};
  const auto put = [&](int weeks_ago) {
    visited.scene.write([&] {
      REQUIRE(visited.pages.office.store->put_daily_count("yamada", {midnight - platform::Days{7 * weeks_ago}, "", 3, weeks_ago}));
    });
  };
  for (const int week : {1, 2, 3}) put(week);
  CHECK_FALSE(shows(visited.get(""), "<svg"));
  put(4);
  const auto page = visited.get("");
  CHECK(shows(page, "<svg class=\"trend\" role=\"img\""));
  CHECK(shows(page, "<th scope=\"row\" class=\"day\">2026年10月27日</th><td>3</td><td>4</td>"));
  CHECK_FALSE(shows(page, "style="));
}

TEST_CASE("a long list of PCs comes in pages, and its filters stay") {
  Visited visited;
  for (int i = 100; i < 220; ++i) visited.scene.judge(visited.scene.add("PC-" + std::to_string(i), day(0)), day(-1), {missing_antivirus()});
  const auto first = visited.get("/devices?order=name&rule=antivirus&state=fail");
  CHECK(shows(first, "120台のうち 1〜50"));
  CHECK(shows(first, "PC-149"));
  CHECK_FALSE(shows(first, "PC-150"));
  CHECK(shows(first, "order=name"));
  CHECK_FALSE(shows(first, "前の50台"));
  const auto last = visited.get("/devices?page=3&order=name&rule=antivirus&state=fail");
  CHECK(shows(last, "120台のうち 101〜120"));
  CHECK_FALSE(shows(last, "次の50台"));
  for (const char* odd : {"-1", "0", "x", "99999999999999999999", "1e9"}) visited.get(std::string("/devices?page=") + odd);
  // Many with one cause are one thing to do.
  const auto company = visited.get("");
  CHECK(count_of(company.body, "<li><strong>") == 2);
  CHECK(shows(company, "<li><strong>会社への質問が"));
  CHECK(shows(company, "ほか112台"));
}

TEST_CASE("what is past its end on more PCs than the page of software names is said, and where the rest stands") {
  Visited visited;
  const std::string all = "/c/yamada/checks/updates_software-supported";
  const auto add = [&](std::size_t number) {
    const auto pc = visited.scene.add("PC-" + std::to_string(100 + number), day(0));
    visited.scene.judge(pc, day(0), {found("updates.software-supported", "updates", "ended")});
  };
  for (std::size_t i = 0; i < kMostEnded; ++i) add(i);
  CHECK_FALSE(shows(visited.get("/software"), all));
  add(kMostEnded);
  CHECK(shows(visited.get("/software"), all));
}

TEST_CASE("where no inventory is wanted there is no list of software, and no way to it") {
  Visited visited;
  auto company = *visited.pages.store->company("yamada");
  company.policy.inventory = compliance::Collecting::off;
  visited.scene.write([&] { REQUIRE(visited.pages.office.store->put_company(company)); });
  CHECK_FALSE(shows(visited.get(""), "/c/yamada/software"));
  const auto page = visited.get("/software");
  CHECK(shows(page, "ソフトの一覧を集めていません"));
  CHECK_FALSE(shows(page, "入っているソフト"));
}

// The owner comes here from the one thing to do, and reads it before all advice; an open folder is one thing though two checks fail.
TEST_CASE("a PC's page leads to what must be fixed before anything else, and to each thing once") {
  Visited visited(Role::viewer);
  const auto pc = visited.scene.add("PC-03", day(0)), fine = visited.scene.add("PC-04", day(0)),
             silent = visited.scene.add("PC-05", day(-20));
  auto advice = found("passwords.lockout", "passwords", "no-lockout");
  advice.role = compliance::Role::advice;
  const std::vector<compliance::JudgedFinding> open = {advice, found("sharing.guest-access-off", "sharing", "guest-share"),
                                                       found("sharing.folders-restricted", "sharing", "open-to-all")};
  visited.scene.judge(pc, day(-1), open);
  visited.scene.judge(fine, day(-1), {advice});
  visited.scene.judge(silent, day(-30), open);
  const auto page = visited.get(visited.path_of(pc));
  const auto first = page.body.find("このPCで直すもの");
  REQUIRE(first != std::string::npos);
  CHECK(first < page.body.find("class=\"finding\""));
  const auto list = page.body.substr(first, page.body.find("</ol>", first) - first);
  CHECK(count_of(list, "<li>") == 1);
  CHECK(list.find("href=\"#sharing_guest-access-off\"") != std::string::npos);
  CHECK(count_of(page.body, "id=\"sharing_guest-access-off\"") == 1);
  CHECK_FALSE(shows(visited.get(visited.path_of(fine)), "このPCで直すもの"));
  CHECK_FALSE(shows(visited.get(visited.path_of(silent)), "このPCで直すもの"));
}

TEST_CASE("whoever belongs to one company finds back to it from their own page") {
  Visited visited(Role::viewer);
  CHECK(shows(visited.browser.get("/me"), "<li><a href=\"/\">会社</a></li>"));
}

// people.md: a silent PC counts for nothing, and its last verdicts neither; issue 5: the adviser finds the company that fell silent.
TEST_CASE("the list of companies names those whose PCs are all silent first, and counts nothing that silent PCs failed before") {
  Visited visited(Role::adviser);
  Company another;
  another.id = another.name = "sato";
  visited.pages.write([&](Store& store) { return store.put_company(another); });
  visited.pages.write([](Store& store) { return store.put_membership({"sato", "tanaka", Role::adviser, day(-30)}); });
  Scene sato{*visited.pages.office.store, "sato"};
  const auto gone = sato.add("PC-01", day(-20)), also_gone = sato.add("PC-02", day(-12));
  sato.judge(gone, day(-30), {missing_antivirus()});
  sato.judge(also_gone, day(-30), {missing_antivirus()});
  const auto heard = visited.scene.add("PC-03", day(0)), silent = visited.scene.add("PC-04", day(-20));
  visited.scene.judge(heard, day(-20), {missing_antivirus()});
  visited.scene.judge(silent, day(-30), {missing_antivirus()});
  const auto page = visited.browser.get("/");
  REQUIRE(page.status == 200);
  const auto first = page.body.find("どのPCからも連絡がない会社");
  REQUIRE(first != std::string::npos);
  CHECK(first < page.body.find("<table>"));
  const auto named = page.body.substr(first, page.body.find("</section>", first) - first);
  CHECK(named.find("<a href=\"/c/sato\">") != std::string::npos);
  CHECK(named.find("最後の連絡: 2026年11月12日") != std::string::npos);
  CHECK(named.find("/c/yamada") == std::string::npos);
  const auto row = [&](const std::string& company) {
    const auto at = page.body.find("<a href=\"/c/" + company + "\">", page.body.find("<table>"));
    return page.body.substr(at, page.body.find("</tr>", at) - at);
  };
  CHECK(row("sato").find("<td class=\"\">0</td><td class=\"verdict open\">2</td><td>2</td>") != std::string::npos);
  CHECK(row("yamada").find("<td class=\"fail\">1</td><td class=\"verdict open\">1</td><td>2</td>") != std::string::npos);
}

}  // namespace gokajo::tests
