#include "hub/device_change.h"
#include "hub/enrolment_codes.h"
#include "hub/web/choosing.h"
#include "platform/durable_file.h"
#include "protocol/setup.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;

namespace {

// A company that may issue codes, at a hub that knows its own name.
struct EnrolDesk : Desk {
  EnrolDesk() {
    auto one = company();
    one.responsible = "山田";
    one.staff_told = at(0);
    pages.write([&](Store& s) { return s.put_company(one); });
    const auto directory = pages.office.directory.path();
    REQUIRE(write_serving(directory, {{"hub.example.jp", "192.0.2.10"}, 8443, "sha256//abc", at(0), std::nullopt, false}));
  }
  Pc waiting(const std::string& label) {
    Pc pc;
    const auto reply = pages.office.send(pc.enrolment(pages.office.code(CodeKind::install_day), label));
    REQUIRE_MESSAGE(reply.status == 200, reply.body);
    return pc;
  }
  Standing standing(const Pc& pc) { return pages.office.device(pc).standing; }
  std::string at_pc(const Pc& pc, const std::string& what) { return "/c/yamada/devices/" + pc.id() + "/" + what; }
};

// "K7WMP2QX", which stands on the sheet as "K7WM-P2QX".
std::string code_on(const HttpReply& sheet) {
  const auto at = sheet.body.find("<p class=\"code\">");
  REQUIRE(at != std::string::npos);
  return sheet.body.substr(at + 16, 4) + sheet.body.substr(at + 21, 4);
}

}  // namespace

// people.md 1.12: codes only after a 責任者 is named and 「従業員に知らせました」 is ticked.
TEST_CASE("no code is issued before somebody is responsible and the employees were told") {
  Desk desk;
  // Nothing else is missing.
  REQUIRE(write_serving(desk.pages.office.directory.path(), {{"hub.example.jp"}, 8443, "sha256//abc", at(0), std::nullopt, false}));
  CHECK(shows(desk.browser.get("/c/yamada/enrol"), "コードを出す前に、会社シートで"));
  CHECK(refuses(desk.refused("/c/yamada/enrol/codes", {{"kind", "one_time"}}), "コードを出す前に、会社シートで"));
  auto company = desk.company();
  company.responsible = "山田";
  desk.pages.write([&](Store& s) { return s.put_company(company); });
  CHECK(refuses(desk.refused("/c/yamada/enrol/codes", {{"kind", "one_time"}}), "「責任者」を決め"));
}

TEST_CASE("a code is shown once, lets PCs in, and is kept as a hash alone") {
  EnrolDesk desk;
  CHECK(refuses(desk.refused("/c/yamada/enrol/codes", {{"kind", "for_all"}}), "コードの種類を選んでください"));
  const auto sheet = desk.browser.post("/c/yamada/enrol/codes", {{"kind", "install_day"}});
  REQUIRE(sheet.status == 200);
  const auto code = code_on(sheet);
  for (const char* text : {"hub.example.jp:8443", "192.0.2.10", "sha256//abc", "data:image/svg+xml,", "25台まで使えます", "2026年11月29日",
                           "勤務時間の記録には使いません", "責任者: 山田"})
    CHECK_MESSAGE(shows(sheet, text), text);
  // Nowhere else.
  const auto list = desk.browser.get("/c/yamada/enrol"), told = desk.browser.get("/c/yamada/record");
  for (const auto* page : {&list, &told})
    for (const auto& text : {code, code.substr(0, 4) + "-" + code.substr(4)}) CHECK_FALSE(shows(*page, text));
  const auto codes = *desk.pages.store->codes("yamada");
  REQUIRE(codes.size() == 1);
  CHECK(codes.front().uses_left == kInstallDayUses);
  CHECK(codes.front().valid_until == at(kInstallDayHours * 3600));
  CHECK(desk.did("code.issue"));
  const Pc pc;
  CHECK(desk.pages.office.send(pc.enrolment(code, "PC-01")).status == 200);
  CHECK(desk.standing(pc) == Standing::waiting);

  const auto one = code_on(desk.browser.post("/c/yamada/enrol/codes", {{"kind", "one_time"}}));
  CHECK(desk.pages.store->codes("yamada")->back().uses_left == 1);
  CHECK(desk.browser.post("/c/yamada/enrol/codes/revoke", {{"number", "2"}}).status == 303);
  const Pc late;
  CHECK(desk.pages.office.send(late.enrolment(one, "PC-02")).status != 200);
  CHECK(shows(desk.browser.get("/c/yamada/enrol"), "取り消し"));
  CHECK(refuses(desk.refused("/c/yamada/enrol/codes/revoke", {{"number", "9"}}), "その番号のコードはありません"));
  CHECK(refuses(desk.refused("/c/yamada/enrol/codes/revoke", {{"number", kHostile}}), "その番号のコードはありません"));
}

TEST_CASE("the file for a USB stick comes with the sheet, with the authority's certificate where PCs need it") {
  EnrolDesk desk;
  const auto link_of = [](const HttpReply& sheet) {
    const auto at = sheet.body.find("data:application/json;base64,");
    REQUIRE(at != std::string::npos);
    return sheet.body.substr(at, sheet.body.find('"', at) - at);
  };
  const auto sheet = desk.browser.post("/c/yamada/enrol/codes", {{"kind", "one_time"}});
  CHECK(shows(sheet, "download=\"gokajo-setup.json\""));
  const Serving serving{{"hub.example.jp", "192.0.2.10"}, 8443, "sha256//abc", at(0), std::nullopt, false};
  const auto bare = code_on(sheet);
  const auto expected = setup_text(desk.pages.office.directory.path(), serving, bare);
  REQUIRE(expected);
  CHECK(link_of(sheet) == kainjow::mustache::html_escape("data:application/json;base64," + platform::base64_encode(*expected)));
  CHECK(expected->find("\"code\"") != std::string::npos);
  CHECK(expected->find("\"ca\"") == std::string::npos);
  // Where the authority's file is missing, no file is offered that would not work.
  const auto own = desk.pages.office.directory.path();
  REQUIRE(write_serving(own, {{"hub.example.jp"}, 8443, "sha256//abc", at(0), std::nullopt, true}));
  CHECK_FALSE(shows(desk.browser.post("/c/yamada/enrol/codes", {{"kind", "one_time"}}), "data:application/json"));
}

TEST_CASE("a hub that never served says so instead of a sheet") {
  EnrolDesk desk;
  REQUIRE(std::remove((desk.pages.office.directory.path() + "/serving.json").c_str()) == 0);
  CHECK(refuses(desk.refused("/c/yamada/enrol/codes", {{"kind", "one_time"}}), "集計サーバーの名前がまだ決まっていない"));
}

TEST_CASE("who waits is approved or refused, several at once, and nobody else") {
  EnrolDesk desk;
  const auto one = desk.waiting("PC-01"), two = desk.waiting("<b>PC-02"), three = desk.waiting("PC-03");
  const auto page = desk.browser.get("/c/yamada/enrol");
  for (const char* text : {"PC-01", "&lt;b&gt;PC-02", "pc01", "2026年11月26日"}) CHECK_MESSAGE(shows(page, text), text);
  CHECK(refuses(desk.refused("/c/yamada/enrol/approve", {}), "PCを1台以上選んでください"));
  CHECK(desk.browser.post("/c/yamada/enrol/approve", {{box_of(one.id()), "on"}, {box_of(two.id()), "on"}}).status == 303);
  CHECK(desk.standing(one) == Standing::approved);
  CHECK(desk.standing(two) == Standing::approved);
  CHECK(desk.standing(three) == Standing::waiting);
  CHECK(desk.did("pc.approve"));
  // One that is approved already is not for this form.
  const auto gone = desk.refused("/c/yamada/enrol/refuse", {{box_of(one.id()), "on"}, {box_of(three.id()), "on"}});
  CHECK(refuses(gone, "もう承認待ちでないPC"));
  CHECK(shows(gone, "id=\"" + box_of(three.id()) + "\" checked"));
  CHECK(desk.browser.post("/c/yamada/enrol/refuse", {{box_of(three.id()), "on"}}).status == 303);
  CHECK(desk.standing(three) == Standing::removed);
  CHECK(desk.did("pc.refuse"));
}

TEST_CASE("a PC is renamed, put to rest, woken and removed") {
  EnrolDesk desk;
  const Pc pc;
  desk.add(pc, "PC-01", "office-plain");
  const auto page = desk.browser.get(desk.at_pc(pc, "manage"));
  CHECK(page.status == 200);
  CHECK(shows(page, "<h1>PC-01</h1>"));
  for (const auto& wrong : {std::string(), std::string(61, 'x'), std::string("a\nb")})
    CHECK(refuses(desk.refused(desk.at_pc(pc, "name"), {{"label", wrong}}), "「このPCの呼び名」は1〜60文字"));
  CHECK(desk.browser.post(desk.at_pc(pc, "name"), {{"label", "経理 \"窓側\""}}).status == 303);
  CHECK(desk.pages.office.device(pc).label == "経理 \"窓側\"");
  CHECK(desk.deeds().front().before == "PC-01");

  for (const char* wrong : {"", "昨日", "2026-11-25", "2027-11-28"})
    CHECK_MESSAGE(refuses(desk.refused(desk.at_pc(pc, "rest"), {{"until", wrong}}), "「いつまで休ませますか」"), wrong);
  CHECK(desk.browser.post(desk.at_pc(pc, "rest"), {{"until", "2026-12-31"}}).status == 303);
  CHECK(shows(desk.browser.get(desk.at_pc(pc, "manage")), "最後の日: 2026年12月31日"));
  CHECK(desk.browser.post(desk.at_pc(pc, "wake"), {}).status == 303);
  CHECK_FALSE(desk.pages.office.device(pc).resting_until);

  CHECK(refuses(desk.refused(desk.at_pc(pc, "remove"), {}), "印を付けてください"));
  CHECK(desk.browser.post(desk.at_pc(pc, "remove"), {{"sure", "on"}}).status == 303);
  CHECK(desk.standing(pc) == Standing::removed);
  for (const char* what : {"pc.rename", "pc.rest", "pc.wake", "pc.remove"}) CHECK_MESSAGE(desk.did(what), what);
  CHECK(refuses(desk.refused(desk.at_pc(pc, "rest"), {{"until", "2026-12-31"}}), "登録されているPCだけ"));
}

TEST_CASE("a PC that was installed anew goes on as the one it was") {
  EnrolDesk desk;
  const Pc old, anew;
  desk.add(old, "PC-01", "office-plain");
  desk.add(anew, "PC-01 新", "office-plain");
  CHECK(refuses(desk.refused(desk.at_pc(anew, "replace"), {}), "「前のPC」を一覧から"));
  CHECK(refuses(desk.refused(desk.at_pc(anew, "replace"), {{"old", anew.id()}}), "同じPCです"));
  CHECK(desk.browser.post(desk.at_pc(anew, "replace"), {{"old", old.id()}}).status == 303);
  CHECK(desk.standing(old) == Standing::removed);
  CHECK(desk.pages.office.device(anew).label == "PC-01");
  CHECK(desk.did("pc.replace"));
}

TEST_CASE("a PC of another company is none") {
  EnrolDesk desk;
  desk.pages.office.add_company("sato");
  const Pc pc;
  desk.pages.office.enrol(pc, CodeKind::one_time, "sato");
  const auto before = desk.pages.office.fingerprint();
  CHECK(desk.browser.get(desk.at_pc(pc, "manage")).status == 404);
  for (const char* what : {"name", "rest", "wake", "remove", "replace", "export", "erase"})
    CHECK(desk.browser.post(desk.at_pc(pc, what), {{"label", "x"}, {"sure", "on"}, {"name", "PC-01"}, {"until", "2026-12-31"}}).status ==
          404);
  CHECK(desk.browser.post("/c/yamada/enrol/refuse", {{box_of(pc.id()), "on"}}).status == 422);
  CHECK(desk.pages.office.fingerprint() == before);
}

}  // namespace gokajo::tests
