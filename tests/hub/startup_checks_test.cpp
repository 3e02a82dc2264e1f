#include "hub/startup_checks.h"

#include <doctest/doctest.h>

#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Language, platform::Sleep;

namespace {

StartupInput fine() {
  StartupInput input;
  input.own = {"hub", {"192.168.1.10", "2001:db8::10"}};
  input.serving = {{"hub", "192.168.1.10", "2001:db8::10"}, 8443, "pin", at(0), at(60)};
  input.before = input.serving;
  input.listen = "::";
  input.now = at(86400 * 10);
  return input;
}

std::vector<StartupProblem> problems(const StartupInput& input) {
  std::vector<StartupProblem> all;
  for (const auto& finding : startup_findings(input)) all.push_back(finding.problem);
  return all;
}

}  // namespace

// people.md 1.11: the start checks sleep settings, address change, closed port.
TEST_CASE("a hub that can be reached tells nothing; sleep, a lost address and a shut port are told") {
  using enum StartupProblem;
  CHECK(problems(fine()).empty());
  auto first = fine();
  first.before.reset();
  first.serving.reached.reset();
  CHECK(problems(first).empty());

  auto sleepy = fine();
  for (const auto& [sleep, problem] :
       {std::pair{Sleep::when_idle, sleeps_when_idle}, {Sleep::desktop, sleeps_with_desktop}, {Sleep::lid, sleeps_with_lid}}) {
    sleepy.sleep = sleep;
    CHECK(problems(sleepy) == std::vector{problem});
  }

  auto moved = fine();
  moved.own.addresses = {"192.168.1.23"};
  moved.serving.names = {"hub", "192.168.1.23"};
  CHECK(problems(moved) == std::vector{address_gone});
  CHECK(startup_findings(moved).front().gone == std::vector<std::string>{"192.168.1.10", "2001:db8::10"});
  // One of two addresses is still there: PCs find it.
  moved.own.addresses = {"192.168.1.10", "2001:db8::99"};
  CHECK(problems(moved).empty());
  // Named by hand, and not this machine's.
  auto by_hand = fine();
  by_hand.before.reset();
  by_hand.serving.names = {"192.0.2.7"};
  CHECK(problems(by_hand) == std::vector{address_gone});
  by_hand.serving.names = {"hub.example.jp"};
  CHECK(problems(by_hand).empty());

  auto alone = fine();
  alone.listen = "127.0.0.1";
  alone.before->reached.reset();
  CHECK(problems(alone) == std::vector{only_this_machine});
  alone.listen = "::";
  CHECK(problems(alone) == std::vector{never_reached});
  alone.now = at(86400 - 1);
  CHECK(problems(alone).empty());
}

TEST_CASE("the first other machine that is heard is told once") {
  std::vector<Time> told;
  FirstContact contact({"hub", {"192.168.1.10"}}, [&](Time now) { told.push_back(now); });
  CHECK_FALSE(contact.heard("127.0.0.1", at(1)));
  CHECK_FALSE(contact.heard("192.168.1.10", at(2)));
  CHECK(contact.heard("192.168.1.77", at(3)));
  CHECK_FALSE(contact.heard("192.168.1.78", at(4)));
  CHECK(told == std::vector{at(3)});
  CHECK_FALSE(FirstContact().heard("192.168.1.77", at(5)));
}

TEST_CASE("what is told of the hub's machine has words in both languages") {
  Office office;
  for (const auto problem : {StartupProblem::sleeps_when_idle, StartupProblem::sleeps_with_desktop, StartupProblem::sleeps_with_lid,
                             StartupProblem::address_gone, StartupProblem::only_this_machine, StartupProblem::never_reached}) {
    const StartupFinding finding{problem, {"192.168.1.10"}, {"192.168.1.23"}, 8443};
    CHECK(startup_sentence(finding, Language::ja).ends_with("。"));
    CHECK(startup_sentence(finding, Language::en).ends_with("."));
  }
  CHECK_FALSE(is_elsewhere("127.0.0.1", {}));
  CHECK_FALSE(is_elsewhere("192.168.1.10", {"hub", {"192.168.1.10"}}));
  CHECK(is_elsewhere("192.168.1.77", {"hub", {"192.168.1.10"}}));
}

}  // namespace gokajo::tests
