#include "compliance/judge.h"

#include <doctest/doctest.h>

#include "compliance/finding_form.h"
#include "compliance/wording.h"
#include "platform/form_text.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;
using enum Verdict;

namespace {

const Time kNow = *platform::parse_time("2026-11-22T00:00:00Z");
const Time kEarlier = *platform::parse_time("2026-10-01T00:00:00Z");

// A pack with one rule: the administrators' check, required.
Pack one_check() {
  Pack pack;
  pack.rules.push_back({"accounts", 1, {}, {"名前", "name"}, {}, {}, {}});
  PackCheck entry;
  entry.check = "accounts.admin-separate";
  entry.role = Role::required;
  pack.rules[0].checks.push_back(entry);
  return pack;
}

Evidence people(std::vector<PersonAccount> accounts) {
  Evidence evidence;
  evidence.extras.people = fact(std::move(accounts), "/etc/passwd", kNow);
  return evidence;
}

const Policy kNoPolicy{kPolicyFormat, {}, {}, {}};

}  // namespace

TEST_CASE("an administrator who is denied is not told to become one") {
  Evidence evidence;
  evidence.extras.people = no_fact<std::vector<PersonAccount>>({platform::ErrorKind::denied, "/etc/passwd"}, "/etc/passwd", kNow);
  const auto said = [&] {
    const auto judgement = judge(evidence, one_check(), kNoPolicy, {}, kNow);
    CHECK(judgement.findings[0].finding.verdict == unknown);
    const auto words = render(judgement.findings[0].finding, built_in_wording(), Reader{});
    REQUIRE(words.why);
    REQUIRE(words.fix.size() == 1);
    return words.fix[0].ja + words.fix[0].en + words.why->ja + words.why->en;
  };
  CHECK(said().find("sudo") != std::string::npos);
  System system;
  evidence.device.system = fact(system, "system", kNow);
  CHECK(said().find("sudo") != std::string::npos);
  system.elevated = true;
  evidence.device.system = fact(system, "system", kNow);
  CHECK(said().find("sudo") == std::string::npos);
  CHECK(said().find("担当者") != std::string::npos);
  // Another reason stays what it is.
  evidence.extras.people = no_fact<std::vector<PersonAccount>>({platform::ErrorKind::timed_out, ""}, "", kNow);
  CHECK(judge(evidence, one_check(), kNoPolicy, {}, kNow).findings[0].finding.situation == "unmeasured");
}

// design.md section 2: fail if a required check fails; else unknown if one is unknown; else ask if one asks; else not_applicable if all
// are; else pass.
TEST_CASE("required checks combine as the house says, over every set of verdicts") {
  const Verdict all[] = {pass, fail, unknown, ask, not_applicable};
  for (unsigned set = 0; set < 32; ++set) {
    std::vector<Verdict> verdicts;
    for (unsigned i = 0; i < 5; ++i)
      if (set >> i & 1U) verdicts.push_back(all[i]);
    CAPTURE(set);
    const auto has = [&](Verdict v) { return std::find(verdicts.begin(), verdicts.end(), v) != verdicts.end(); };
    const Verdict expected = verdicts.empty() ? unknown
                             : has(fail)      ? fail
                             : has(unknown)   ? unknown
                             : has(ask)       ? ask
                             : has(pass)      ? pass
                                              : not_applicable;
    CHECK(combine_required(verdicts) == expected);
    const Verdict alternative = verdicts.empty() ? unknown
                                : has(pass)      ? pass
                                : has(ask)       ? ask
                                : has(unknown)   ? unknown
                                : has(fail)      ? fail
                                                 : not_applicable;
    CHECK(combine_alternatives(verdicts) == alternative);
  }
}

TEST_CASE("a check this version does not know is unknown, and so is its rule") {
  Pack pack = one_check();
  pack.rules[0].checks[0].check = "future.check";
  const auto judgement = judge(Evidence{}, pack, kNoPolicy, Memory{}, kNow);
  CHECK(judgement.findings[0].finding.verdict == unknown);
  CHECK(judgement.findings[0].finding.situation == "check-unknown");
  CHECK(judgement.rules[0].verdict == unknown);
}

TEST_CASE("a failing item is remembered from its first sight, kept while nobody can look, and forgotten when it is gone") {
  const Pack pack = one_check();
  const auto failing = people({{"taro", true, "group sudo"}, {"hanako", true, "group sudo"}});
  Memory memory = remember(Memory{}, failing, judge(failing, pack, kNoPolicy, Memory{}, kEarlier), kEarlier);
  CHECK(first_seen(memory, "finding/accounts.admin-separate/taro") == kEarlier);

  // Still so: the finding says since when.
  const auto again = judge(failing, pack, kNoPolicy, memory, kNow);
  CHECK(again.findings[0].finding.first_seen == kEarlier);
  CHECK(std::get<Date>(again.findings[0].finding.items[0].at("first_seen")).value == kEarlier);

  // Nobody could look: what was known stays.
  const Memory blind = remember(memory, Evidence{}, judge(Evidence{}, pack, kNoPolicy, memory, kNow), kNow);
  CHECK(first_seen(blind, "finding/accounts.admin-separate/taro") == kEarlier);

  // One of two is mended: only that one is forgotten.
  const auto one = people({{"taro", true, "group sudo"}, {"hanako", true, ""}});
  const Memory less = remember(blind, one, judge(one, pack, kNoPolicy, blind, kNow), kNow);
  CHECK(first_seen(less, "finding/accounts.admin-separate/taro") == kEarlier);
  CHECK_FALSE(first_seen(less, "finding/accounts.admin-separate/hanako"));

  // All mended: forgotten, and the good answer is dated.
  const auto good = people({{"taro", true, ""}});
  const Memory none = remember(less, good, judge(good, pack, kNoPolicy, less, kNow), kNow);
  CHECK(none.first_seen.empty());
  CHECK(none.last_good.at("pass/accounts.admin-separate") == kNow);
}

TEST_CASE("an exception marks a failure and never changes its verdict or its rule's") {
  const Pack pack = one_check();
  Policy policy = kNoPolicy;
  policy.exceptions.push_back({"accounts.admin-separate", "taro", "old software", "Suzuki", kNow});
  const auto covered = judge(people({{"taro", true, "group sudo"}}), pack, policy, Memory{}, kNow);
  REQUIRE(covered.findings[0].exception);
  CHECK(covered.findings[0].exception->owner == "Suzuki");
  CHECK(covered.findings[0].finding.verdict == fail);
  CHECK(covered.rules[0].verdict == fail);
  const auto half = judge(people({{"taro", true, "group sudo"}, {"hanako", true, "group sudo"}}), pack, policy, Memory{}, kNow);
  CHECK_FALSE(half.findings[0].exception);
}

TEST_CASE("advice never decides a rule") {
  Pack pack = one_check();
  pack.rules[0].checks[0].role = Role::advice;
  PackCheck required;
  required.check = "future.check";
  required.role = Role::required;
  pack.rules[0].checks.push_back(required);
  CHECK(judge(people({{"taro", true, "group sudo"}}), pack, kNoPolicy, Memory{}, kNow).rules[0].verdict == unknown);
}

TEST_CASE("a person's answer counts from when it was given to the end of its last day, the newest first") {
  Evidence evidence;
  const auto on = [](const char* text) { return *platform::parse_time(text); };
  evidence.declarations = {{"nas", "", "old", "Sato", on("2026-01-01"), on("2026-11-21")},
                           {"nas", "", "new", "Sato", on("2026-03-01"), on("2026-11-21")},
                           {"nas", "printer", "other", "Sato", on("2026-03-01"), on("2027-03-01")}};
  CHECK(declared(evidence, "nas", "", on("2026-11-21T23:59:59Z"))->answer == "new");
  CHECK(declared(evidence, "nas", "", on("2026-02-01"))->answer == "old");
  CHECK_FALSE(declared(evidence, "nas", "", kNow));
  CHECK_FALSE(declared(evidence, "nas", "", on("2025-12-31")));
  CHECK(declared(evidence, "nas", "printer", kNow)->answer == "other");
  CHECK_FALSE(declared(evidence, "router", "", on("2026-04-01")));
}

TEST_CASE("a finding written as text reads as the one that was built") {
  JudgedFinding one{compliance::fail("share-open", kNow,
                                     {{"count", Count{3}},
                                      {"days", DayCount{-41}},
                                      {"since", Date{kEarlier}},
                                      {"name", Name{"\"設計\"\n\x01\xff"}},
                                      {"version", Version{"1:2.0"}},
                                      {"all", List{{"a", "b"}}},
                                      {"none", List{}}},
                                     {{{"name", Name{"x"}}}, {}}),
                    "sharing", Role::advice, std::nullopt};
  const auto reads_the_same = [&] {
    std::string text;
    platform::append_text(text, one);
    const auto read = platform::parse_json(text, 1 << 20);
    return read && *read == platform::to_form(one);
  };
  CHECK(reads_the_same());
  one.finding = compliance::unknown("unmeasured", kNow);
  one.finding.absence = Absence{platform::ErrorKind::denied, "/etc/shadow", "file", kEarlier};
  one.exception = PolicyException{"sharing.smb1-off", "nas", "old printer", "田中", kNow};
  CHECK(reads_the_same());
}

}  // namespace gokajo::tests
