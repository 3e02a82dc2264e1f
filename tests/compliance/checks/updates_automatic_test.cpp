#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {
Finding judge_it(Tristate configured, Tristate installer, Tristate timer, std::vector<std::string> why = {}) {
  Evidence evidence;
  evidence.updates.automatic =
      fact(AutomaticUpdates{"unattended-upgrades", configured, installer, timer, std::move(why), {}}, "apt-config shell", Time{});
  return judged("updates.automatic", evidence);
}
}  // namespace

TEST_CASE("updates install themselves only when configured, installable and started") {
  CHECK(judge_it(Tristate::yes, Tristate::yes, Tristate::yes).verdict == Verdict::pass);
  for (const auto& no :
       {judge_it(Tristate::no, Tristate::yes, Tristate::yes, {"APT::Periodic::Unattended-Upgrade \"0\""}),
        judge_it(Tristate::yes, Tristate::no, Tristate::unknown), judge_it(Tristate::unknown, Tristate::unknown, Tristate::no)})
    CHECK(no.verdict == Verdict::fail);
  CHECK(judge_it(Tristate::no, Tristate::yes, Tristate::yes, {"x"}).parameters.at("why") == Parameter{List{{"x"}}});
}

TEST_CASE("a layer nobody could see leaves automatic updates unknown") {
  CHECK(judge_it(Tristate::yes, Tristate::yes, Tristate::unknown).verdict == Verdict::unknown);
  CHECK(judge_it(Tristate::unknown, Tristate::yes, Tristate::yes).verdict == Verdict::unknown);
  CHECK(verdict_of("updates.automatic", Evidence{}) == Verdict::unknown);
}

TEST_CASE("a system that comes without anything to install by itself is not at fault, and one that lacks its own is") {
  Evidence evidence;
  AutomaticUpdates none;
  none.configured = none.installer_present = none.timer_runs = Tristate::no;
  evidence.updates.automatic = fact(none, "os-release, pacman(8)", *platform::parse_time("2026-11-22"));
  CHECK(verdict_of("updates.automatic", evidence) == Verdict::not_applicable);
  evidence.updates.automatic->mechanism = "dnf-automatic";
  CHECK(verdict_of("updates.automatic", evidence) == Verdict::fail);
  evidence.updates.automatic->mechanism.clear();
  evidence.updates.automatic->installer_present = Tristate::unknown;
  CHECK(verdict_of("updates.automatic", evidence) != Verdict::not_applicable);
}

}  // namespace gokajo::tests
