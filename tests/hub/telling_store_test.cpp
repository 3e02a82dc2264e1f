#include "hub/telling_store.h"

#include "hub/mail_queue.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using platform::ErrorKind;

namespace {

void write(Office& office, const std::function<platform::Status(Store&)>& work) {
  REQUIRE(office.store->begin());
  REQUIRE(work(*office.store));
  REQUIRE(office.store->commit());
}

}  // namespace

TEST_CASE("a sheet is empty until one is put, and stays its company's") {
  Office office;
  office.add_company("sato");
  CHECK(office.store->sheet("yamada")->declaration.empty());
  CHECK(office.store->sheet("yamada")->tenant == "yamada");
  write(office, [](Store& s) { return s.put_sheet({"yamada", "51234567890", 1, "2026-11-20", "2027-11-20", "counts"}); });
  write(office, [](Store& s) { return s.put_sheet({"yamada", "51234567890", 2, "2026-11-20", "2027-11-20", "counts"}); });
  const auto sheet = *office.store->sheet("yamada");
  CHECK(sheet.declaration == "51234567890");
  CHECK(sheet.star == 2);
  CHECK(sheet.declared_on == "2026-11-20");
  CHECK(sheet.review_on == "2027-11-20");
  CHECK(sheet.mail_detail == "counts");
  CHECK(office.store->sheet("sato")->star == 0);
}

TEST_CASE("values of the hub hold any bytes, replace each other, and go when empty") {
  Office office;
  CHECK(office.store->hub_value("mail").error().kind == ErrorKind::not_found);
  const std::string bytes("\0\xFF'\x01", 4);
  write(office, [&](Store& s) { return s.put_hub_value("mail", "first"); });
  write(office, [&](Store& s) { return s.put_hub_value("mail", bytes); });
  CHECK(*office.store->hub_value("mail") == bytes);
  write(office, [](Store& s) { return s.put_hub_value("mail", ""); });
  CHECK_FALSE(office.store->hub_value("mail"));
}

TEST_CASE("PCs that ask are found by check, of one company, without those that were removed") {
  Office office;
  office.add_company("sato");
  const Pc one, two, three, foreign;
  for (const auto* pc : {&one, &two, &three}) office.enrol(*pc);
  office.enrol(foreign, CodeKind::one_time, "sato");
  const auto put = [&](const Pc& pc, compliance::Verdict verdict) {
    const auto device = office.device(pc);
    write(office, [&](Store& s) {
      return s.set_verdicts(device, {{"sharing.other-services", "sharing", true, verdict, at(0), "{}"}}, {}, at(0), std::nullopt);
    });
  };
  put(one, compliance::Verdict::ask);
  put(two, compliance::Verdict::pass);
  put(three, compliance::Verdict::ask);
  put(foreign, compliance::Verdict::ask);
  const auto asking = [&](std::size_t limit) { return *office.store->devices_asking("yamada", "sharing.other-services", limit); };
  CHECK(asking(10).size() == 2);
  CHECK(asking(1).size() == 1);
  const auto called = [&](const Pc& pc, const char* label) {
    auto device = office.device(pc);
    device.label = label;
    write(office, [&](Store& s) { return s.put_device(device); });
  };
  called(one, "B");
  called(three, "A");
  CHECK(asking(10) == std::vector<std::string>{three.id(), one.id()});
  CHECK(asking(1) == std::vector<std::string>{three.id()});
  called(one, "1");
  CHECK(asking(10) == std::vector<std::string>{one.id(), three.id()});
  CHECK(office.store->devices_asking("yamada", "passwords.length", 10)->empty());
  auto removed = office.device(three);
  removed.standing = Standing::removed;
  write(office, [&](Store& s) { return s.put_device(removed); });
  CHECK(asking(10) == std::vector<std::string>{one.id()});
}

TEST_CASE("PCs that wait, and PCs of a name, are found without reading all") {
  Office office;
  office.add_company("sato");
  const Pc one, two, three, foreign;
  office.enrol(one);
  for (const auto* pc : {&two, &three}) office.enrol(*pc, CodeKind::install_day);
  office.enrol(foreign, CodeKind::install_day, "sato");
  const auto waiting = *office.store->devices_waiting("yamada", 10);
  REQUIRE(waiting.size() == 2);
  CHECK(waiting.front().standing == Standing::waiting);
  CHECK(waiting.front().id != one.id());
  CHECK(office.store->devices_waiting("yamada", 1)->size() == 1);
  auto named = office.device(two);
  named.label = "受付";
  write(office, [&](Store& s) { return s.put_device(named); });
  CHECK(office.store->devices_called("yamada", "受付", "none", 10)->size() == 1);
  CHECK(office.store->devices_called("yamada", "none", "pc01", 10)->size() == 3);  // as all are called by themselves
  CHECK(office.store->devices_called("sato", "受付", "pc01", 10)->size() == 1);
  CHECK(office.store->devices_called("yamada", "none", "none", 10)->empty());
  named.standing = Standing::removed;
  write(office, [&](Store& s) { return s.put_device(named); });
  CHECK(office.store->devices_called("yamada", "受付", "none", 10)->empty());
}

TEST_CASE("mails of all companies come the newest first, and deeds by who and what") {
  Office office;
  office.add_company("sato");
  auto queue = office.place.queue();
  for (const char* tenant : {"yamada", "sato", "yamada"}) {
    Mail mail;
    mail.tenant = tenant;
    mail.message_id = std::string(tenant) + std::to_string(office.store->recent_mails(10)->size());
    mail.recipient = "a@example.jp";
    mail.kind = "weekly";
    mail.created = mail.next_try = at(0);
    REQUIRE(*queue->add(mail));
  }
  CHECK(office.store->recent_mails(10)->size() == 3);
  CHECK(office.store->recent_mails(2)->at(1).tenant == "sato");
  CHECK(office.store->recent_mails(1)->front().state == "waiting");

  for (int i = 0; i < 4; ++i)
    write(office, [&](Store& s) {
      return s.add_deed({"yamada", at(i), i < 2 ? "田中" : "佐藤", i % 2 == 0 ? "sheet.name" : "pc.rest", std::to_string(i), "", ""});
    });
  write(office, [](Store& s) { return s.add_deed({"sato", at(9), "鈴木", "pc.erase", "x", "", ""}); });
  const auto found = [&](const DeedFilter& filter, std::size_t skip, std::size_t limit) {
    std::string subjects;
    const auto deeds = office.store->deeds_matching("yamada", filter, skip, limit);
    REQUIRE(deeds);
    for (const auto& deed : *deeds) subjects += deed.subject;
    return subjects;
  };
  CHECK(found({}, 0, 10) == "3210");
  CHECK(found({}, 1, 2) == "21");
  CHECK(found({"田中", ""}, 0, 10) == "10");
  CHECK(found({"", "pc.rest"}, 0, 10) == "31");
  CHECK(found({"佐藤", "sheet.name"}, 0, 10) == "2");
  CHECK(*office.store->who_did("yamada") == std::vector<std::string>{"佐藤", "田中"});
  CHECK(*office.store->what_was_done("yamada") == std::vector<std::string>{"pc.rest", "sheet.name"});
}

}  // namespace gokajo::tests
