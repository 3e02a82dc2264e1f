#include "compliance/briefing.h"
#include "hub/feeds/proposal.h"
#include "protocol/device_key.h"
#include "protocol/settings.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;

namespace {

const std::string kId = "2026-autumn-notices-11";

// This month's proposal of a company that has Acrobat on three PCs.
CompanyBriefing proposed(const std::string& tenant = "yamada") {
  Notice notice;
  notice.title = "Adobe Acrobat に関する見本 <b>&\"";
  notice.link = "https://www.jpcert.or.jp/at/2026/at269901.html";
  notice.published = at(-86400);
  notice.exploited = true;
  Programs programs;
  programs.programs["adobe acrobat"] = {"Adobe Acrobat", 3};
  programs.pcs = 3;
  const auto proposal = propose("2026-11", {notice}, programs, at(0));
  REQUIRE(proposal);
  const auto text = write_briefing(proposal->briefing);
  return {tenant,
          proposal->briefing.id,
          BriefingState::proposed,
          "2026-11",
          proposal->briefing.published,
          protocol::sha256_hex(text),
          text,
          write_reasons(proposal->reasons),
          at(0),
          std::nullopt,
          ""};
}

std::map<std::string, std::string> form(const std::string& action) {
  return {{"briefing", kId},
          {"action", action},
          {"title_ja", "Acrobatを新しくしましょう"},
          {"title_en", "Update Acrobat"},
          {"what_ja", "弱点の知らせが出ました。"},
          {"what_en", "There is a notice."},
          {"notice_ja", "更新の表示が出ます。\r\n\r\n古い番号のままです。"},
          {"notice_en", "It asks for an update.\nIts version is old."},
          {"do_ja", "更新します。\n再起動します。"},
          {"do_en", "Update it.\nRestart."}};
}

struct WithProposal : Desk {
  explicit WithProposal(Role role = Role::administrator) : Desk(role) {
    pages.write([](Store& store) { return store.put_company_briefing(proposed()); });
  }
  BriefingState state() { return pages.store->company_briefing("yamada", kId)->state; }
  std::size_t named(const Pc& pc) {
    const auto reply = pages.office.send(pc.request("GET", "/v1/settings", {1, 0}, ""));
    REQUIRE(reply.status == 200);
    const auto settings = protocol::read_settings(reply.body);
    REQUIRE(settings);
    return static_cast<std::size_t>(
        std::count_if(settings->briefings->begin(), settings->briefings->end(), [](const auto& one) { return one.id == kId; }));
  }
};

}  // namespace

TEST_CASE("a proposal shows why, with links to the publisher alone, and reaches no PC before somebody approves it") {
  WithProposal desk;
  const Pc pc;
  desk.pages.office.enrol(pc);
  const auto page = desk.browser.get("/c/yamada/briefings");
  for (const char* text :
       {"Adobe Acrobat・Reader", "PC 3台", "攻撃に使われています", "href=\"https://www.jpcert.or.jp/at/2026/at269901.html\"",
        "見本 &lt;b&gt;&amp;&quot;", "公開の注意喚起は読みに行っていません", "<span class=\"mark\">2026年11月 "})
    CHECK_MESSAGE(shows(page, text), text);
  CHECK(desk.named(pc) == 0);
  CHECK(desk.browser.post("/c/yamada/briefings", form("approve")).status == 303);
  CHECK(desk.state() == BriefingState::approved);
  CHECK(desk.did("briefing.approve"));
  CHECK(desk.named(pc) == 1);
  const auto kept = *desk.pages.store->company_briefing("yamada", kId);
  const auto briefing = *compliance::read_briefing(kept.text);
  CHECK(briefing.title.ja == "Acrobatを新しくしましょう");
  CHECK(briefing.how_to_notice.size() == 2);
  CHECK(briefing.published == *platform::parse_time("2026-11-26"));
  CHECK(kept.sha256 == protocol::sha256_hex(kept.text));
  CHECK(kept.who == "田中");
  // Byte for byte, to this company's PCs and to no other's.
  const auto path = protocol::handed_out_path(protocol::HandedOut::briefing, kept.sha256);
  CHECK(desk.pages.office.send(pc.request("GET", path, {1, 0}, "")).body == kept.text);
  desk.pages.office.add_company("sato");
  const Pc other;
  desk.pages.office.enrol(other, CodeKind::one_time, "sato");
  CHECK(desk.pages.office.send(other.request("GET", path, {1, 0}, "")).status == 404);
  CHECK(desk.browser.post("/c/yamada/briefings", {{"briefing", kId}, {"action", "withdraw"}}).status == 303);
  CHECK(desk.state() == BriefingState::withdrawn);
  CHECK(desk.named(pc) == 0);
  CHECK(desk.pages.office.send(pc.request("GET", path, {1, 0}, "")).status == 404);
}

TEST_CASE("a proposal can be refused, and what was decided is not decided again") {
  WithProposal desk;
  CHECK(desk.browser.post("/c/yamada/briefings", {{"briefing", kId}, {"action", "refuse"}}).status == 303);
  CHECK(desk.state() == BriefingState::refused);
  CHECK(desk.did("briefing.refuse"));
  CHECK(shows(desk.browser.get("/c/yamada/briefings"), "配りませんでした"));
  for (const char* action : {"approve", "refuse", "withdraw", ""})
    CHECK(refuses(desk.refused("/c/yamada/briefings", form(action)), "その案は、もう選べません"));
  auto none = form("approve");
  none["briefing"] = "no-such";
  CHECK(refuses(desk.refused("/c/yamada/briefings", none), "その案は、もう選べません"));
}

TEST_CASE("texts that PCs would not take are refused, and what was typed stays on the page") {
  WithProposal desk;
  const auto with = [](const char* field, const std::string& value) {
    auto one = form("approve");
    one[field] = value;
    return one;
  };
  CHECK(refuses(desk.refused("/c/yamada/briefings", with("notice_en", "One.")), "同じ行数"));
  CHECK(refuses(desk.refused("/c/yamada/briefings", with("do_ja", "")), "同じ行数"));
  std::string longest;
  for (int i = 0; i < 601; ++i) longest += "あ";
  CHECK(refuses(desk.refused("/c/yamada/briefings", with("what_ja", longest)), "600文字"));
  CHECK(refuses(desk.refused("/c/yamada/briefings", with("title_en", "")), "空いている欄"));
  const auto reply = desk.refused("/c/yamada/briefings", [&] {
    auto one = with("title_en", "");
    one["title_ja"] = kHostile;
    return one;
  }());
  CHECK(reply.body.find("<script>") == std::string::npos);
}

TEST_CASE("a viewer sees the proposal and has no form; what feeds are old is told with days and reason") {
  WithProposal desk(Role::viewer);
  desk.pages.write([](Store& store) {
    return store.put_feed({"jpcert", "https://a.example/", "", "", "", at(-9 * 86400), at(-60), "timed_out: secret detail"});
  });
  const auto page = desk.browser.get("/c/yamada/briefings");
  CHECK(page.status == 200);
  CHECK_FALSE(shows(page, "name=\"title_ja\""));
  for (const char* text : {"9日前のままです", "相手が時間内に答えませんでした", "公開情報の一部が、新しくなっていません"})
    CHECK_MESSAGE(shows(page, text), text);
  CHECK_FALSE(shows(page, "secret detail"));
  CHECK(desk.browser.post("/c/yamada/briefings", form("approve")).status == 404);
  CHECK(desk.state() == BriefingState::proposed);
}

namespace {

// `text` between the heading that names the briefing and the next heading of its level.
std::string section(const HttpReply& page, const std::string& heading) {
  const auto from = page.body.find("<h3>" + heading);
  REQUIRE_MESSAGE(from != std::string::npos, heading);
  const auto end = std::min(page.body.find("<h3>", from + 1), page.body.find("<h2>", from + 1));
  return page.body.substr(from, end - from);
}

void holds_all_of(const std::string& part, const compliance::Briefing& briefing) {
  std::vector<std::string> texts = {briefing.what_happens.ja};
  for (const auto& one : briefing.how_to_notice) texts.push_back(one.ja);
  for (const auto& one : briefing.what_to_do) texts.push_back(one.ja);
  for (const auto& question : briefing.questions) {
    texts.insert(texts.end(), {question.ask.ja, question.because.ja});
    for (std::size_t i = 0; i < question.choices.size(); ++i) {
      const bool right = static_cast<std::int64_t>(i) == question.right;
      texts.push_back(question.choices[i].ja + (right ? " <strong>○</strong></li>" : "</li>"));
    }
  }
  for (const auto& text : texts) CHECK_MESSAGE(part.find(text) != std::string::npos, text);
  for (const auto& source : briefing.sources) CHECK_MESSAGE(part.find("href=\"" + source.url + "\"") != std::string::npos, source.url);
}

}  // namespace

TEST_CASE("whoever may look reads all of a proposal and of what was decided on, in place of the form") {
  for (const auto state : {BriefingState::proposed, BriefingState::approved, BriefingState::withdrawn}) {
    WithProposal desk(Role::viewer);
    desk.pages.write([&](Store& store) {
      auto one = proposed();
      one.state = state;
      return store.put_company_briefing(one);
    });
    const auto briefing = *compliance::read_briefing(proposed().text);
    const auto page = desk.browser.get("/c/yamada/briefings");
    holds_all_of(section(page, briefing.title.ja), briefing);
    CHECK_FALSE(shows(page, "name=\"action\""));
  }
}

TEST_CASE("the bundled briefings of the past can be read again; one of a later day is named, and not told") {
  Desk desk(Role::viewer);
  const auto page = desk.browser.get("/c/yamada/briefings");
  std::size_t past = 0, later = 0;
  for (const auto& briefing : compliance::built_in_briefings()) {
    const auto part = section(page, briefing.title.ja);
    if (briefing.published <= at(0)) {
      ++past;
      holds_all_of(part, briefing);
      continue;
    }
    ++later;
    CHECK(part.find(briefing.what_happens.ja) == std::string::npos);
    CHECK(part.find(briefing.questions[0].ask.ja) == std::string::npos);
  }
  CHECK(past > 0);
  CHECK(later > 0);
}

}  // namespace gokajo::tests
