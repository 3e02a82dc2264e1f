#include "hub/people_store.h"

#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using platform::ErrorKind;

namespace {

Person person(const std::string& id) {
  Person one;
  one.id = id;
  one.mail = id + "@example.jp";
  one.name = "田中";
  one.totp = std::string("\0\x01\xFF", 3);
  one.created = at(0);
  return one;
}

void write(Office& office, const std::function<platform::Status(Store&)>& work) {
  REQUIRE(office.store->begin());
  REQUIRE(work(*office.store));
  REQUIRE(office.store->commit());
}

}  // namespace

TEST_CASE("a person is kept as put, found by mail, and goes with all that is theirs") {
  Office office;
  auto& store = *office.store;
  CHECK_FALSE(*store.has_people());
  auto tanaka = person("tanaka");
  write(office, [&](Store& s) { return s.put_person(tanaka); });
  CHECK(*store.has_people());
  tanaka.password = "$argon2id$";
  tanaka.language = "en";
  tanaka.totp_step = 7;
  tanaka.runs_hub = true;
  write(office, [&](Store& s) { return s.put_person(tanaka); });
  const auto found = store.person_by_mail("tanaka@example.jp");
  REQUIRE(found);
  CHECK(found->password == "$argon2id$");
  CHECK(found->language == "en");
  CHECK(found->totp == tanaka.totp);
  CHECK(found->totp_step == 7);
  CHECK(found->runs_hub);
  CHECK(found->created == at(0));
  // A mail address stands for one person.
  auto other = person("sato");
  other.mail = tanaka.mail;
  REQUIRE(store.begin());
  CHECK_FALSE(store.put_person(other));
  store.rollback();

  write(office, [](Store& s) { return s.put_membership({"yamada", "tanaka", Role::viewer, at(1)}); });
  write(office, [](Store& s) { return s.put_membership({"yamada", "tanaka", Role::administrator, at(2)}); });
  REQUIRE(store.members("yamada")->size() == 1);
  CHECK(store.members("yamada")->front().role == Role::administrator);
  CHECK(store.members("yamada")->front().since == at(1));
  CHECK(store.memberships_of("tanaka")->front().tenant == "yamada");
  write(office, [](Store& s) { return s.put_sign_in({"h1", "tanaka", at(0), at(0), at(100), "Firefox"}); });
  write(office, [](Store& s) { return s.add_key({"k1", KeyPurpose::sign_in, "tanaka", at(100)}); });
  write(office, [](Store& s) { return s.remove_person("tanaka"); });
  CHECK(store.person("tanaka").error().kind == ErrorKind::not_found);
  CHECK(store.members("yamada")->empty());
  CHECK(store.sign_in("h1").error().kind == ErrorKind::not_found);
  CHECK(store.key("k1", at(0)).error().kind == ErrorKind::not_found);
}

TEST_CASE("nobody is a member of a company that is not there, nor signed in without being a person") {
  Office office;
  write(office, [](Store& s) { return s.put_person(person("tanaka")); });
  const auto refused = [&](const std::function<platform::Status(Store&)>& work) {
    REQUIRE(office.store->begin());
    const bool wrote = static_cast<bool>(work(*office.store));
    office.store->rollback();
    return !wrote;
  };
  CHECK(refused([](Store& s) { return s.put_membership({"nowhere", "tanaka", Role::owner, at(0)}); }));
  CHECK(refused([](Store& s) { return s.put_membership({"yamada", "nobody", Role::owner, at(0)}); }));
  CHECK(refused([](Store& s) { return s.put_sign_in({"h1", "nobody", at(0), at(0), at(100), ""}); }));
  CHECK(refused([](Store& s) { return s.add_key({"k1", KeyPurpose::sign_in, "nobody", at(100)}); }));
  CHECK_FALSE(refused([](Store& s) { return s.add_key({"k1", KeyPurpose::set_up, "", at(100)}); }));
}

TEST_CASE("sign-ins and keys end, and are forgotten when they have; deeds later") {
  Office office;
  auto& store = *office.store;
  write(office, [](Store& s) { return s.put_person(person("tanaka")); });
  for (const char* hash : {"h1", "h2", "h3"})
    write(office, [&](Store& s) { return s.put_sign_in({hash, "tanaka", at(0), at(0), at(100), "Firefox"}); });
  write(office, [](Store& s) { return s.put_sign_in({"h2", "tanaka", at(0), at(50), at(150), "another"}); });
  CHECK(store.sign_in("h2")->last_used == at(50));
  CHECK(store.sign_in("h2")->browser == "Firefox");
  CHECK(store.sign_ins("tanaka")->front().hash == "h2");
  write(office, [](Store& s) { return s.add_key({"k1", KeyPurpose::sign_in, "tanaka", at(100)}); });
  write(office, [](Store& s) { return s.add_key({"k2", KeyPurpose::set_up, "", at(100)}); });
  CHECK(store.key("k1", at(99))->person == "tanaka");
  CHECK(store.key("k2", at(99))->purpose == KeyPurpose::set_up);
  CHECK(store.key("k1", at(100)).error().kind == ErrorKind::not_found);
  for (int i = 0; i < 3; ++i)
    write(office, [&](Store& s) { return s.add_deed({"yamada", at(i), "田中", "person.invite", "佐藤", "", std::to_string(i)}); });
  CHECK(store.deeds_matching("yamada", {}, 0, 2)->front().after == "2");
  CHECK(store.deeds_matching("yamada", {}, 0, 2)->size() == 2);
  CHECK(store.deeds_matching("", {}, 0, 2)->empty());
  REQUIRE(store.begin());
  CHECK(*store.forget_people(at(120), at(2), 100) == 2 + 2 + 2);
  REQUIRE(store.commit());
  CHECK(store.sign_ins("tanaka")->size() == 1);
  CHECK(store.deeds_matching("yamada", {}, 0, 9)->size() == 1);
  write(office, [](Store& s) { return s.remove_sign_ins("tanaka", "h2"); });
  CHECK(store.sign_ins("tanaka")->size() == 1);
  write(office, [](Store& s) { return s.remove_sign_ins("tanaka", ""); });
  CHECK(store.sign_ins("tanaka")->empty());
}

TEST_CASE("who only reads sees one moment and keeps nobody from writing") {
  Office office;
  const auto reading = office.place.store();
  REQUIRE(reading->begin_reading());
  CHECK_FALSE(*reading->has_people());
  write(office, [](Store& s) { return s.put_person(person("tanaka")); });
  CHECK_FALSE(*reading->has_people());
  REQUIRE(reading->commit());
  CHECK(*reading->has_people());
}

}  // namespace gokajo::tests
