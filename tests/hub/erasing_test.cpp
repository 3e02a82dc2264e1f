#include "hub/erasing.h"

#include "hub/device_change.h"
#include "hub/mail_queue.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;

namespace {

bool lies_there(Desk& desk, const std::string& text) { return desk.pages.office.place.holds(text); }

// Rows of every table that are not about this PC, as text; those of erasing itself left out.
std::string others(Desk& desk, const std::string& device) {
  std::string all;
  for (const auto& row : desk.pages.office.place.rows()) {
    const auto table = row.substr(0, row.find('\x1f'));
    if (table == "hub_values" || table == "deeds" || table == "companies" || table == "counters") continue;
    if (row.find(device) == std::string::npos) all += row + "\n";
  }
  return all;
}

constexpr const char* kLabel = "PC-07-kieru-keiri";
constexpr const char* kOnceThere = "PC-07-mukashi-no-namae";

// What a store leaves behind where it does not overwrite what it frees (Debian's SQLite, and PostgreSQL): a name the PC once had.
void leave_remains(const Place& place, const std::string& device) {
  std::string long_name;
  while (long_name.size() < 20000) long_name += kOnceThere;
  const auto renamed = [&](const std::string& label) {
    return "UPDATE devices SET label = '" + label + "' WHERE device = '" + device + "'; ";
  };
  const auto back = renamed("PC-07-mae-no-namae");
  place.run("PRAGMA secure_delete = OFF; " + renamed(long_name) + back, renamed(kOnceThere) + back);
}

// A PC with everything a hub can keep of one: reports, verdicts, changes, answers, mails, deeds; and another beside it.
struct Scene : Desk {
  Pc gone, stays;
  Scene() {
    add(gone, "PC-07-mae-no-namae", "nfs-office");
    add(stays, "PC-08-nokoru", "nfs-office");
    leave_remains(pages.office.place, gone.id());
    CHECK(browser.post("/c/yamada/devices/" + gone.id() + "/name", {{"label", kLabel}}).status == 303);
    auto& office = pages.office;
    (void)office.receipt(gone.report({1, 2}, at(3600), content_of_pc("office-plain", at(3600))), at(3600));
    for (const auto* pc : {&gone, &stays})
      pages.write([&](Store& s) {
        return s.put_declaration("yamada",
                                 {pc->id(), {"sharing.other-services", "/srv/zumen", "yes", "田中", at(0), at(86400 * 365)}, std::nullopt});
      });
    pages.write(
        [&](Store& s) { return s.put_plan("yamada", {gone.id(), "antivirus.active", PlanState::doing, std::nullopt, "田中", at(0)}); });
    auto queue = office.place.queue();
    Mail mail;
    mail.tenant = "yamada";
    mail.recipient = "owner@example.jp";
    mail.kind = "grave " + gone.id().substr(0, 16) + "/antivirus.active/x " + stays.id().substr(0, 16) + "/antivirus.active/y";
    mail.body = std::string("text naming ") + kLabel;
    mail.created = mail.next_try = at(0);
    mail.message_id = "grave@x";
    REQUIRE(*queue->add(mail));
    REQUIRE(queue->mark_sent(queue->due(at(1), 1)->front().id, at(1)));
  }
  std::string at_pc(const std::string& what) { return "/c/yamada/devices/" + gone.id() + "/" + what; }
};

}  // namespace

TEST_CASE("everything kept of a PC is handed out as one file, read and not only as bytes") {
  Scene scene;
  const auto file = scene.browser.post(scene.at_pc("export"), {});
  REQUIRE(file.status == 200);
  CHECK(file.headers.at("content-type") == "application/json");
  CHECK(file.headers.at("content-disposition").starts_with("attachment"));
  const auto json = platform::parse_json(file.body, 64U << 20U);
  REQUIRE(json);
  CHECK((*json)["format"] == kExportFormat);
  CHECK((*json)["kept"]["devices"][0]["label"] == kLabel);
  CHECK((*json)["reports"].size() == 2);
  CHECK((*json)["reports"][0]["device"] == scene.gone.id());
  CHECK((*json)["kept"]["findings"].size() > 5);
  CHECK((*json)["kept"]["declarations"].size() == 1);
  CHECK((*json)["kept"]["changes"].size() > 0);
  CHECK((*json)["kept"]["plans"].size() == 1);
  CHECK(json->contains("content"));
  CHECK(file.body.find(scene.stays.id()) == std::string::npos);
  CHECK(scene.did("pc.export"));
}

// A table that comes later must not be forgotten here.
TEST_CASE("every table that knows devices is part of what is handed out and erased") {
  Scene scene;
  auto& store = *scene.pages.office.store;
  const auto kept = *store.everything_of_device("yamada", scene.gone.id());
  const auto& place = scene.pages.office.place;
  const auto tables = place.tables_with("device");
  CHECK(tables.size() >= 9);
  for (const auto& table : tables) CHECK_MESSAGE(kept.contains(table), table);
  // And what stands in all of them is gone afterwards.
  REQUIRE(store.begin());
  REQUIRE(erase_device(store, scene.pages.office.device(scene.gone), "田中", at(1)));
  REQUIRE(store.commit());
  CHECK(store.everything_of_device("yamada", scene.gone.id()).error().kind == platform::ErrorKind::not_found);
  for (const auto& row : place.rows()) CHECK_MESSAGE(row.find(scene.gone.id()) == std::string::npos, row);
}

TEST_CASE("a PC is erased when its name is typed, and nothing of it lies in the file any more") {
  Scene scene;
  CHECK(refuses(scene.refused(scene.at_pc("erase"), {{"name", "PC-07"}}), "「消すPCの呼び名」が違います"));
  for (const auto& text : {scene.gone.id(), std::string(kLabel), std::string("PC-07-mae-no-namae"), std::string(kOnceThere)})
    REQUIRE_MESSAGE(lies_there(scene, text), text);
  const auto before = others(scene, scene.gone.id());
  const auto counted = *scene.pages.store->counters("yamada");
  REQUIRE(counted.at("device").at("approved") == 2);
  REQUIRE(scene.browser.post(scene.at_pc("erase"), {{"name", kLabel}}).status == 303);
  // Neither its id, its key, nor any name it had; in the log of the database as little as in the database.
  for (const auto& text :
       {scene.gone.id(), scene.gone.id().substr(0, 16), std::string(kLabel), std::string("PC-07-mae-no-namae"), std::string(kOnceThere)})
    CHECK_MESSAGE(!lies_there(scene, text), text);
  const auto& key = scene.gone.key.public_key();
  CHECK_FALSE(lies_there(scene, std::string(reinterpret_cast<const char*>(key.data()), key.size())));
  // What was another's is as it was, its name too, but for the mail that named both.
  const auto after = others(scene, scene.gone.id());
  const auto without_mails = [](std::string rows) {
    const auto at = rows.find("mails\x1f");
    return at == std::string::npos ? rows : rows.erase(at, rows.find('\n', at) - at);
  };
  CHECK(without_mails(after) == without_mails(before));
  CHECK(lies_there(scene, "PC-08-nokoru"));
  CHECK(lies_there(scene, scene.stays.id().substr(0, 16) + "/antivirus.active/y"));
  CHECK(scene.pages.store->counters("yamada")->at("device").at("approved") == 1);
  // One line says that it was done.
  const auto deeds = scene.deeds();
  CHECK(deeds.front().what == "pc.erase");
  CHECK(deeds.front().subject == "P…");
  CHECK(std::all_of(deeds.begin(), deeds.end(), [](const Deed& deed) { return deed.what == "person.invite" || deed.subject != kLabel; }));
  // Its key is unknown from now on; its neighbour goes on.
  CHECK(scene.pages.office.send(scene.gone.report({1, 3}, at(7200), content_of_pc("office-plain", at(7200))), at(7200)).status == 401);
  (void)scene.pages.office.receipt(scene.stays.report({1, 2}, at(7200), content_of_pc("nfs-office", at(7200))), at(7200));
}

TEST_CASE("what somebody read while it was erased is overwritten later") {
  Scene scene;
  auto& store = *scene.pages.office.store;
  const auto reader = scene.pages.office.place.store();
  REQUIRE(reader->begin_reading());
  REQUIRE(reader->devices("yamada"));
  REQUIRE(store.begin());
  REQUIRE(erase_device(store, scene.pages.office.device(scene.gone), "田中", at(1)));
  REQUIRE(store.commit());
  const auto early = finish_erasing(store);
  REQUIRE_FALSE(early);
  CHECK(early.error().kind == platform::ErrorKind::timed_out);
  REQUIRE(reader->commit());
  REQUIRE(finish_erasing(store));
  CHECK_FALSE(lies_there(scene, kLabel));
  CHECK(finish_erasing(store));  // nothing is left to do
}

TEST_CASE("a name that another PC bears is that one's too") {
  Desk desk;
  const Pc one, two;
  desk.add(one, "PC-05", "office-plain");
  desk.add(two, "PC-05", "office-plain");
  desk.pages.write([&](Store& s) { return s.add_deed({"yamada", at(5), "田中", "pc.rest", "PC-05", "", ""}); });
  auto& store = *desk.pages.office.store;
  REQUIRE(store.begin());
  REQUIRE(erase_device(store, desk.pages.office.device(one), "田中", at(6)));
  REQUIRE(store.commit());
  CHECK(desk.deeds()[1].subject == "PC-05");
  CHECK(store.device_by_id(two.id())->label == "PC-05");
}

TEST_CASE("a person's own is handed out to them, without what others of the name did elsewhere") {
  Desk desk;
  desk.pages.office.add_company("sato");
  desk.pages.write([&](Store& s) { return s.add_deed({"sato", at(0), "田中", "sheet.name", "よその会社の秘密", "", ""}); });
  CHECK(desk.browser.post("/c/yamada/answers", {{"question", "nas"}, {"answer", "none"}}).status == 303);
  const auto file = desk.browser.post("/me/export", {});
  REQUIRE(file.status == 200);
  const auto json = *platform::parse_json(file.body, 1U << 20U);
  CHECK(json["kept"]["persons"][0]["name"] == "田中");
  CHECK(json["kept"]["memberships"].size() == 1);
  INFO(json["kept"]["deeds"].dump());
  CHECK(json["kept"]["deeds"].size() == 2);  // signed in, and answered
  CHECK(json["kept"]["declarations"].size() == 1);
  CHECK(file.body.find("よその会社の秘密") == std::string::npos);
  for (const char* secret : {"password", "totp", "hash"}) CHECK_FALSE(json["kept"]["persons"][0].contains(secret));
}

TEST_CASE("whoever runs the hub erases a person, and nothing of them lies in the file any more") {
  Desk desk(Role::administrator, true);
  auto suzuki = desk.pages.add_person("suzuki-kesu", "yamada", Role::viewer);
  suzuki.name = "鈴木次郎左衛門";
  suzuki.password = "$argon2id$kesu";
  desk.pages.write([&](Store& s) { return s.put_person(suzuki); });
  Browser other{desk.pages};
  other.get("/sign-in");
  other.sign_in(suzuki);
  desk.pages.write([&](Store& s) { return s.add_deed({"yamada", at(0), suzuki.name, "sheet.name", "x", "", ""}); });
  desk.pages.write(
      [&](Store& s) { return s.put_declaration("yamada", {"", {"nas", "", "yes", suzuki.name, at(0), at(86400)}, std::nullopt}); });
  const Pc pc;
  desk.add(pc, "PC-01", "office-plain");
  desk.pages.write([&](Store& s) { return s.put_plan("yamada", {pc.id(), "disk.encrypted", PlanState::doing, {}, suzuki.name, at(0)}); });
  desk.pages.write([&](Store& s) { return s.put_comment("yamada", {"来週うかがいます", suzuki.name, at(0)}); });
  CHECK(refuses(desk.refused("/hub/person/erase", {{"mail", "nobody@example.jp"}, {"sure", "on"}}), "登録されていません"));
  CHECK(refuses(desk.refused("/hub/person/erase", {{"mail", suzuki.mail}}), "印を付けてください"));
  CHECK(refuses(desk.refused("/hub/person/erase", {{"mail", "田中@example.jp"}, {"sure", "on"}}), "自分は消せません"));
  auto company = desk.company();
  company.responsible = suzuki.name;
  desk.pages.write([&](Store& s) { return s.put_company(company); });
  CHECK(refuses(desk.refused("/hub/person/erase", {{"mail", suzuki.mail}, {"sure", "on"}}), "会社シートに書かれています"));
  company.responsible = "田中";
  desk.pages.write([&](Store& s) { return s.put_company(company); });
  const auto file = desk.browser.post("/hub/person/export", {{"mail", suzuki.mail}});
  CHECK(file.status == 200);
  CHECK(file.body.find("argon2id") == std::string::npos);
  CHECK(file.body.find("来週うかがいます") != std::string::npos);
  CHECK(file.body.find("disk.encrypted") != std::string::npos);

  REQUIRE(desk.browser.post("/hub/person/erase", {{"mail", suzuki.mail}, {"sure", "on"}}).status == 303);
  for (const char* text : {"suzuki-kesu", "鈴木次郎左衛門", "argon2id$kesu"}) CHECK_MESSAGE(!lies_there(desk, text), text);
  CHECK(other.get("/me").status == 401);
  const auto deeds = desk.deeds();
  CHECK(std::any_of(deeds.begin(), deeds.end(), [](const Deed& deed) { return deed.who == "鈴…" && deed.subject == "x"; }));
  CHECK(desk.pages.store->declarations("yamada")->front().declaration.who == "鈴…");
  CHECK(desk.pages.store->plans("yamada", "")->front().who == "鈴…");
  CHECK(desk.pages.store->comment("yamada")->who == "鈴…");
  CHECK(desk.deeds("").front().what == "person.erase");
  CHECK(desk.pages.store->person_by_mail("田中@example.jp"));
  // The last who manages a company cannot go.
  const auto keeper = *desk.pages.store->person_by_mail("keeper@example.jp");
  desk.pages.write([&](Store& s) { return s.remove_membership("yamada", "田中"); });
  CHECK(refuses(desk.refused("/hub/person/erase", {{"mail", keeper.mail}, {"sure", "on"}}), "管理する人がいなくなる"));
}

}  // namespace gokajo::tests
