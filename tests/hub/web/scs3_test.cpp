// SCS ★3 on the pages: what PCs show, what people answer, and what never counts.
#include "hub/scs3/answers.h"
#include "tests/hub/company_scene.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;

namespace {

constexpr const char* kPage = "/c/yamada/scs3";

std::string section_of(const HttpReply& page, const std::string& id) {
  const auto begin = page.body.find("<section id=\"k-" + id + "\"");
  REQUIRE_MESSAGE(begin != std::string::npos, id);
  return page.body.substr(begin, page.body.find("</section>", begin) - begin);
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// As a browser would: what the form holds that it was shown, with some answers given.
HttpReply save(Desk& desk, const std::string& requirement, std::map<std::string, std::string> fields) {
  const auto path = std::string(kPage) + "/" + requirement;
  fields.emplace("seen", hidden(desk.browser.get(path).body, "seen"));
  return desk.browser.post(path, fields);
}

ScsAnswers kept(Desk& desk) { return scs_answers(scs_facts(), *desk.pages.store->declarations("yamada"), desk.browser.now); }

void choose_pack(Desk& desk, const std::string& pack) {
  desk.pages.write([&](Store& store) {
    auto company = *store.company("yamada");
    company.pack = pack;
    return store.put_company(company);
  });
}

std::vector<compliance::JudgedFinding> one_of_rule(Verdict autorun) {
  return {found("autorun.off", "device-settings", autorun == Verdict::fail ? "on" : "off", autorun)};
}

}  // namespace

TEST_CASE("a company of which nothing is known has 81 criteria, none of them met, and is told where to begin") {
  Desk desk;
  const auto page = desk.browser.get(kPage);
  REQUIRE(page.status == 200);
  for (const char* sentence :
       {"81項目のうち0項目が「適合」です（自己点検）。", "PCで決まる（9項目）", "一部をPCで裏付け、人が答える（18項目）",
        "人が答える（54項目）", "次にすること", "ルール集を比べる", "PCを登録する", "「ガバナンスの整備」の8項目に答える",
        "このページだけで★3を満たしたとは言えません", "とされています", "という資料があり"})
    CHECK_MESSAGE(shows(page, sentence), sentence);
  for (const char* never : {"認定", "取得", "answer good", "{{"}) CHECK_FALSE_MESSAGE(shows(page, never), never);
  for (const auto& requirement : scs_facts().requirements) {
    CHECK(shows(page, "href=\"/c/yamada/scs3/" + requirement.id + "\""));
    const auto one = desk.browser.get(std::string(kPage) + "/" + requirement.id);
    CHECK(one.status == 200);
    CHECK_FALSE(shows(one, "{{"));
    CHECK_FALSE(shows(one, " checked"));
    CHECK_FALSE(shows(one, ">適合<"));
  }
  CHECK(desk.browser.get(std::string(kPage) + "/9-9-9").status == 404);
  desk.browser.language = "en";
  CHECK(shows(desk.browser.get(kPage), "0 of 81 criteria are met (self-check)."));
}

TEST_CASE("a person answers a requirement's criteria, is named with the day and the end, and may take an answer back") {
  Desk desk;
  CHECK(save(desk, "1-2-1", {{"1-2-1-1", "done"}, {"1-2-1-2", "partly"}, {"1-2-1-3", "unsure"}}).status == 303);
  CHECK(kept(desk).counting.size() == 3);
  const auto page = desk.browser.get(std::string(kPage) + "/1-2-1");
  const auto first = section_of(page, "1-2-1-1");
  for (const char* sentence : {"適合", "自己申告", "実施している", "田中", "2026年11月26日", "2027年11月26日", "PCからは見えません。"})
    CHECK_MESSAGE(holds(first, sentence), sentence);
  CHECK(holds(section_of(page, "1-2-1-2"), "要対応"));
  CHECK(holds(section_of(page, "1-2-1-3"), "要確認"));
  CHECK(shows(desk.browser.get(kPage), "81項目のうち1項目"));
  CHECK(desk.did("scs.answer"));
  const auto record = desk.browser.get("/c/yamada/record");
  for (const char* sentence : {"SCS ★3の項目に答えた", "1-2-1-1 セキュリティを受け持つ役員と部署", "一部実施している"})
    CHECK_MESSAGE(shows(record, sentence), sentence);
  CHECK(save(desk, "1-2-1", {{"1-2-1-1", "none"}}).status == 303);
  CHECK_FALSE(kept(desk).counting.contains("1-2-1-1"));
  CHECK(shows(desk.browser.get(kPage), "81項目のうち0項目"));
  // No PC hears of it, and none is judged by it.
  CHECK_FALSE(shows(desk.browser.get("/c/yamada/answers"), "scs3"));
  // What is left as it is stays whose it was; ticked, it becomes today's.
  desk.browser.now = at(86400 * 30);
  desk.browser.sign_in(desk.pages.add_person("鈴木", "yamada", Role::owner));
  CHECK(save(desk, "1-2-1", {{"1-2-1-2", "partly"}, {"1-2-1-3", "done"}}).status == 303);
  CHECK(kept(desk).counting.at("1-2-1-2").who == "田中");
  CHECK(kept(desk).counting.at("1-2-1-3").who == "鈴木");
  CHECK(save(desk, "1-2-1", {{"1-2-1-2", "partly"}, {"renew", "on"}}).status == 303);
  CHECK(kept(desk).counting.at("1-2-1-2").who == "鈴木");
}

TEST_CASE("an answer that has ended counts no more, and is asked for again first") {
  Desk desk;
  CHECK(save(desk, "1-2-1", {{"1-2-1-1", "done"}}).status == 303);
  desk.browser.now = at(86400 * 366);
  desk.browser.sign_in(desk.pages.add_person("鈴木", "yamada", Role::owner));
  const auto page = desk.browser.get(kPage);
  CHECK(shows(page, "81項目のうち0項目"));
  CHECK(shows(page, "期限の切れた答えに答え直す：1項目（1-2-1-1から）"));
  const auto section = section_of(desk.browser.get(std::string(kPage) + "/1-2-1"), "1-2-1-1");
  CHECK((holds(section, "期限切れのため数えません") && holds(section, "要確認") && !holds(section, " checked")));
}

TEST_CASE("what PCs show counts once all are judged by ★3's pack, names the PCs against it, and a silent one leaves it open") {
  Desk desk;
  Scene scene{*desk.pages.office.store};
  choose_pack(desk, "scs3");
  desk.browser.now = day(0);
  desk.browser.sign_in(desk.pages.add_person("佐藤", "yamada", Role::owner));
  scene.state(2);
  const auto one = scene.add("PC-01", day(0)), two = scene.add("PC-02", day(0));
  const auto section = [&] { return section_of(desk.browser.get(std::string(kPage) + "/4-4-1"), "4-4-1-2"); };
  scene.judge(one, day(0), one_of_rule(Verdict::pass));
  CHECK((holds(section(), "まだ新しいルール集で判定していないPC") && holds(section(), "測定不能")));
  scene.judge(two, day(0), one_of_rule(Verdict::pass));
  CHECK((holds(section(), "登録したすべてのPCで、決まりどおりです。") && holds(section(), ">適合<") &&
         !holds(section(), "name=\"4-4-1-2\"")));
  CHECK(shows(desk.browser.get(kPage), "81項目のうち2項目"));
  scene.judge(two, day(0), one_of_rule(Verdict::fail));
  CHECK((holds(section(), ">要対応<") && holds(section(), "PC-02") && !holds(section(), ">PC-01<")));
  CHECK(shows(desk.browser.get(kPage), "要対応1台（4-4-1-2）"));
  scene.judge(two, day(0), one_of_rule(Verdict::pass));
  scene.state(3);
  CHECK((holds(section(), "登録した台数が、申告台数と同じではありません。") && holds(section(), ">測定不能<")));
  scene.state(2);
  CHECK(holds(section(), ">適合<"));
  scene.add("PC-02", day(-40));
  CHECK((holds(section(), "連絡のないPCか、休ませているPC") && holds(section(), ">測定不能<")));
}

TEST_CASE("numbers that the company changed are not ★3's, so that PCs judged by them show nothing of it") {
  Desk desk;
  Scene scene{*desk.pages.office.store};
  choose_pack(desk, "scs3");
  desk.browser.now = day(0);
  desk.browser.sign_in(desk.pages.add_person("佐藤", "yamada", Role::owner));
  scene.state(1);
  scene.judge(
      scene.add("PC-01", day(0)), day(0),
      {found("autorun.off", "device-settings", "off", Verdict::pass), found("antivirus.active", "antivirus", "active", Verdict::pass),
       found("antivirus.scan-recent", "antivirus", "recent", Verdict::pass)});
  const auto section = [&] { return section_of(desk.browser.get(std::string(kPage) + "/4-4-5"), "4-4-5-2"); };
  CHECK(holds(section(), "決まりどおりです"));
  desk.pages.write([&](Store& store) {
    auto company = *store.company("yamada");
    company.policy.settings.push_back({"antivirus.scan-recent", "max_days", std::int64_t{90}, "業務の都合", day(100)});
    return store.put_company(company);
  });
  CHECK((holds(section(), "★3とは違う基準で判定しています") && !holds(section(), "決まりどおりです")));
}

TEST_CASE("who only looks sees everything and can answer nothing; a wrong choice and an old form change nothing") {
  Desk looks(Role::viewer);
  const auto page = looks.browser.get(std::string(kPage) + "/1-2-1");
  CHECK(page.status == 200);
  CHECK_FALSE(shows(page, "type=\"radio\""));
  CHECK_FALSE(shows(page, "<form method=\"post\" action=\"/c/yamada/scs3"));
  Desk desk;
  const auto path = std::string(kPage) + "/1-2-1";
  const auto seen = hidden(desk.browser.get(path).body, "seen");
  CHECK(refuses(desk.refused(path, {{"seen", seen}, {"1-2-1-1", kHostile}}), "「答え」を1つ選んでください。"));
  CHECK(refuses(desk.refused(path, {{"1-2-1-1", "done"}}), "ほかの人が答えを変えました"));
  CHECK(save(desk, "1-2-1", {{"1-2-1-1", "done"}}).status == 303);
  CHECK(refuses(desk.refused(path, {{"seen", seen}, {"1-2-1-1", "not_done"}}), "ほかの人が答えを変えました"));
  // Of another requirement, and of one that PCs alone decide.
  CHECK(save(desk, "1-2-1", {{"1-2-3-1", "done"}}).status == 303);
  CHECK(save(desk, "4-4-1", {{"4-4-1-2", "done"}}).status == 303);
  CHECK(kept(desk).counting.size() == 1);
}

}  // namespace gokajo::tests
