#include "hub/declaring/to_do.h"

#include <algorithm>

#include "hub/declaring/facts_from_store.h"
#include "tests/hub/company_scene.h"

namespace gokajo::tests {

using namespace hub;

namespace {

constexpr const char* kToday = "2026-11-27";

std::vector<DeclaringState> states(const DeclaringFacts& facts, const std::string& today = kToday) {
  return declaring_to_do(declaring_steps(), facts, today);
}

DoneBy by(DeclaringStep step, const DeclaringFacts& facts, const std::string& today = kToday) {
  return states(facts, today).at(static_cast<std::size_t>(step)).by;
}

SaidDone said(const char* until) { return {"田中", day(0), *platform::parse_time(until)}; }

DeclaringFacts facts_of(Office& office, platform::Time now) {
  DeclaringFacts facts;
  set_said(*office.store->declarations("yamada"), now, facts);
  return facts;
}

DeclaringFacts declared(std::int64_t star, const char* id) {
  DeclaringFacts facts;
  facts.sheet.star = star;
  facts.sheet.declaration = id;
  return facts;
}

}  // namespace

TEST_CASE("of a company of which nothing is known no step is done, and nothing is told of") {
  for (const auto& state : states({})) CHECK_FALSE(state.done());
  CHECK_FALSE(is_ready_for(1, states({})));
  CHECK_FALSE(is_ready_for(2, states({})));
  CHECK(declaring_reminders({}, kToday).empty());
}

TEST_CASE("the 25 questions are done once every one has an answer") {
  DeclaringFacts facts;
  facts.questions = 25;
  facts.questions_answered = 24;
  CHECK(by(DeclaringStep::questions, facts) == DoneBy::nobody);
  facts.questions_answered = 25;
  CHECK(by(DeclaringStep::questions, facts) == DoneBy::answers);
}

TEST_CASE("a star is declared once the company sheet has it and a number of one of both forms") {
  for (const char* id : {"", "61234567890", "5123456789", "512345678901", "5123456789x"}) {
    CAPTURE(id);
    CHECK(by(DeclaringStep::star_one, declared(2, id)) == DoneBy::nobody);
    CHECK(by(DeclaringStep::star_two, declared(2, id)) == DoneBy::nobody);
  }
  for (const char* id : {"51234567890", "41234567890"}) {
    CAPTURE(id);
    CHECK(by(DeclaringStep::star_one, declared(1, id)) == DoneBy::sheet);
    CHECK(by(DeclaringStep::star_two, declared(1, id)) == DoneBy::nobody);
    CHECK(by(DeclaringStep::star_two, declared(2, id)) == DoneBy::sheet);
    CHECK(by(DeclaringStep::star_one, declared(0, id)) == DoneBy::nobody);
  }
}

TEST_CASE("a number of the new form shows the GビズID, one of the old form does not, and an end that is over shows more") {
  // The system since April 2026 is entered with a GビズID (S1); before, a form by mail did.
  CHECK(by(DeclaringStep::gbizid, declared(1, "51234567890")) == DoneBy::sheet);
  CHECK(by(DeclaringStep::gbizid, declared(1, "41234567890")) == DoneBy::nobody);
  // Whoever declared has decided for the rules, by either.
  CHECK(by(DeclaringStep::rules, declared(1, "41234567890")) == DoneBy::sheet);
  // That a policy is published, and the check done, no number shows.
  CHECK(by(DeclaringStep::policy, declared(2, "51234567890")) == DoneBy::nobody);
  CHECK(by(DeclaringStep::questions, declared(2, "51234567890")) == DoneBy::nobody);
  auto facts = declared(1, "51234567890");
  facts.ended.emplace(DeclaringStep::gbizid, said("2026-11-01"));
  CHECK(by(DeclaringStep::gbizid, facts) == DoneBy::nobody);
}

TEST_CASE("a review is done while the next one lies ahead") {
  auto facts = declared(1, "51234567890");
  CHECK(by(DeclaringStep::review, facts) == DoneBy::nobody);
  facts.sheet.review_on = kToday;
  CHECK(by(DeclaringStep::review, facts) == DoneBy::sheet);
  CHECK(by(DeclaringStep::review, facts, "2026-11-28") == DoneBy::nobody);
}

TEST_CASE("ready is who lacks nothing but the declaration itself; the review is needed for none") {
  DeclaringFacts facts;
  facts.counting.emplace(DeclaringStep::gbizid, said("2028-10-31"));
  CHECK_FALSE(is_ready_for(1, states(facts)));
  facts.counting.emplace(DeclaringStep::rules, said("2027-11-26"));
  CHECK(is_ready_for(1, states(facts)));
  CHECK_FALSE(is_ready_for(2, states(facts)));
  facts.counting.emplace(DeclaringStep::policy, said("2027-11-26"));
  CHECK_FALSE(is_ready_for(2, states(facts)));
  facts.questions = facts.questions_answered = 25;
  CHECK(is_ready_for(2, states(facts)));
}

TEST_CASE("a person's word counts to its last day, can be taken back, and stands in the record") {
  Office office;
  Scene scene{*office.store};
  const auto say = [&](DeclaringStep step, std::optional<SaidDone> word, platform::Time now) {
    scene.write([&] { REQUIRE(say_step(*office.store, "yamada", step, word, "田中", now)); });
  };
  const auto until = *platform::parse_time("2027-01-20");
  say(DeclaringStep::gbizid, SaidDone{"田中", day(0), until}, day(0));
  CHECK(by(DeclaringStep::gbizid, facts_of(office, day(0))) == DoneBy::person);
  // The last hour of its last day in Japan; the day behind it.
  CHECK(by(DeclaringStep::gbizid, facts_of(office, until + std::chrono::hours{14})) == DoneBy::person);
  CHECK(by(DeclaringStep::gbizid, facts_of(office, until + std::chrono::hours{24})) == DoneBy::nobody);
  CHECK(facts_of(office, until + std::chrono::hours{24}).ended.contains(DeclaringStep::gbizid));
  say(DeclaringStep::gbizid, std::nullopt, day(1));
  CHECK(by(DeclaringStep::gbizid, facts_of(office, day(1))) == DoneBy::nobody);
  // Nothing to take back.
  say(DeclaringStep::policy, std::nullopt, day(1));
  const auto deeds = *office.store->deeds_matching("yamada", {{}, "declaring.said"}, 0, 10);
  REQUIRE(deeds.size() == 2);
  CHECK((deeds[0].before == "2027-01-20" && deeds[0].after.empty()));
  CHECK((deeds[1].after == "2027-01-20" && deeds[1].subject == "gbizid" && deeds[1].who == "田中"));
  // What no person is asked for counts for nothing where it is kept all the same.
  scene.write([&] {
    REQUIRE(office.store->put_declaration("yamada", {"", {"declaring.star_two", "", "done", "x", day(0), day(300)}, std::nullopt}));
  });
  CHECK(facts_of(office, day(1)).counting.empty());
}

TEST_CASE("no PC is told what people say of the way to a star, and no other company's word counts") {
  Office office;
  office.add_company("sato");
  Scene scene{*office.store};
  scene.write([&] { REQUIRE(say_step(*office.store, "yamada", DeclaringStep::policy, said("2027-11-26"), "田中", day(0))); });
  CompanyBook book(*office.store);
  const auto page = book.of("yamada", day(0));
  REQUIRE(page);
  CHECK((*page)->declarations.empty());
  CHECK((*page)->settings.find("declaring.") == std::string::npos);
  const auto here = declaring_view(*office.store, **page, day(0));
  REQUIRE(here);
  CHECK(here->facts.counting.contains(DeclaringStep::policy));
  const auto other = book.of("sato", day(0));
  REQUIRE(other);
  const auto there = declaring_view(*office.store, **other, day(0));
  REQUIRE(there);
  CHECK(there->facts.counting.empty());
}

TEST_CASE("days are told of when they come near and for a month when they are over, and not before or for ever") {
  using Of = DeclaringReminderOf;
  struct Row {
    Of of;
    const char* day;
    const char* today;
    std::optional<bool> over;  // none: not told of
  };
  const Row rows[] = {
      {Of::review, "2026-12-27", "2026-11-26", std::nullopt}, {Of::review, "2026-12-27", "2026-11-27", false},
      {Of::review, "2026-12-27", "2026-12-27", false},        {Of::review, "2026-12-27", "2026-12-28", true},
      {Of::review, "2026-12-27", "2027-01-26", true},         {Of::review, "2026-12-27", "2027-01-27", std::nullopt},
      {Of::gbizid, "2027-01-26", "2026-11-26", std::nullopt}, {Of::gbizid, "2027-01-26", "2026-11-27", false},
      {Of::gbizid, "2027-01-26", "2027-01-27", true},         {Of::gbizid, "2027-01-26", "2027-02-26", std::nullopt},
      {Of::policy, "2026-11-26", "2026-11-27", true},         {Of::policy, "2026-11-26", "2026-12-27", std::nullopt},
  };
  for (const auto& row : rows) {
    CAPTURE(row.day);
    CAPTURE(row.today);
    DeclaringFacts facts;
    const auto word = said(row.day);
    if (row.of == Of::review) {
      facts = declared(1, "51234567890");
      facts.sheet.review_on = row.day;
    } else {
      auto& words = row.of == Of::policy || std::string(row.day) < row.today ? facts.ended : facts.counting;
      words.emplace(row.of == Of::policy ? DeclaringStep::policy : DeclaringStep::gbizid, word);
    }
    const auto told = declaring_reminders(facts, row.today);
    REQUIRE(told.size() == (row.over ? 1U : 0U));
    if (row.over) CHECK((told[0].of == row.of && told[0].day == row.day && told[0].over == *row.over));
  }
  // Without a declaration there is nothing to review.
  DeclaringFacts facts;
  facts.sheet.review_on = "2026-12-27";
  CHECK(declaring_reminders(facts, "2026-12-27").empty());
}

}  // namespace gokajo::tests
