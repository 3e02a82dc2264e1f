// Expected by people.md section 1.3: until the person in charge typed the number of the first mail in, nobody knows that it arrived. Wrong
// numbers are refused, five in an hour at most: 10,000 numbers last for 83 days then.
#include "hub/owner_confirmation.h"

#include <algorithm>
#include <set>

#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;

namespace {

struct Confirming {
  Office office;

  Confirming() { address("yamada@example.jp"); }
  void write(const std::function<void()>& work) {
    REQUIRE(office.store->begin());
    work();
    REQUIRE(office.store->commit());
  }
  void address(const std::string& mail) {
    auto company = *office.store->company("yamada");
    company.owner_mail = mail;
    write([&] { REQUIRE(office.store->put_company(company)); });
  }
  std::string number() { return confirmation_of(*office.store->company("yamada")); }
  std::string wrong_number() { return number() == "0000" ? "0001" : "0000"; }
  Confirmation confirm(const std::string& number, int seconds) {
    auto outcome = Confirmation::wrong;
    write([&] {
      const auto confirmed = confirm_owner(*office.store, "yamada", number, at(seconds));
      REQUIRE(confirmed);
      outcome = *confirmed;
    });
    return outcome;
  }
  std::optional<platform::Time> confirmed() { return office.store->company("yamada")->confirmed; }
};

}  // namespace

TEST_CASE("the number of the owner's mail confirms it, and is another for another address or company") {
  Confirming one;
  CHECK_FALSE(one.confirmed());
  CHECK(one.number().size() == 4);
  const auto number = one.number();
  one.address("suzuki@example.jp");
  CHECK(one.number() != number);
  CHECK(one.confirm(number, 1) == Confirmation::wrong);
  CHECK_FALSE(one.confirmed());
  CHECK(one.confirm(one.number(), 2) == Confirmation::confirmed);
  CHECK(one.confirmed() == at(2));
  one.address("");
  CHECK(one.confirm(one.number(), 3) == Confirmation::no_address);
  std::set<std::string> numbers;
  Company company;
  for (int i = 0; i < 100; ++i) {
    company.id = "c" + std::to_string(i);
    numbers.insert(confirmation_of(company));
  }
  CHECK(numbers.size() > 90);
  CHECK(std::all_of(numbers.begin(), numbers.end(), [](const std::string& each) { return digits_of(each) == each; }));
}

TEST_CASE("after five wrong numbers in an hour none is looked at, the right one neither; another company may still try") {
  Confirming one;
  one.office.add_company("sato");
  for (int i = 0; i < kWrongNumbers; ++i) CHECK(one.confirm(one.wrong_number(), i) == Confirmation::wrong);
  CHECK(one.confirm(one.wrong_number(), 10) == Confirmation::too_many);
  CHECK(one.confirm(one.number(), 3599) == Confirmation::too_many);
  CHECK_FALSE(one.confirmed());
  auto sato = *one.office.store->company("sato");
  sato.owner_mail = "sato@example.jp";
  one.write([&] {
    REQUIRE(one.office.store->put_company(sato));
    CHECK(*confirm_owner(*one.office.store, "sato", confirmation_of(sato), at(20)) == Confirmation::confirmed);
  });
  // The first of them is more than an hour ago.
  CHECK(one.confirm(one.number(), 3602) == Confirmation::confirmed);
}

TEST_CASE("digits are taken as people type them") {
  CHECK(digits_of("0412") == "0412");
  CHECK(digits_of(" 0412 ") == "0412");
  CHECK(digits_of("０４１２") == "0412");
  CHECK(digits_of("　04１２") == "0412");
  for (const char* wrong : {"", "412", "04123", "04a2", "0412\n", "-412", "４１８", "O412", "\xEF\xBC"}) {
    CAPTURE(wrong);
    CHECK(digits_of(wrong).empty());
  }
}

}  // namespace gokajo::tests
