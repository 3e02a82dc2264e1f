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

}  // namespace gokajo::tests
