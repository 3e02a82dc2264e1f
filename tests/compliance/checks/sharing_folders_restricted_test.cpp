#include <doctest/doctest.h>

#include "tests/support/judging.h"
#include "tests/support/sharing_evidence.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

constexpr const char* kFolders = "sharing.folders-restricted";

Evidence answered(const std::string& answer, const std::string& until = "2027-11-01") {
  auto evidence = serving({share("kyotsu", Access::none), share("keiri", Access::none, false)});
  evidence.declarations.push_back(
      {kFolders, "kyotsu", answer, "tanaka", *platform::parse_time("2026-11-01"), *platform::parse_time(until)});
  return evidence;
}

}  // namespace

TEST_CASE("folders: strangers fail, everybody with an account is asked about, named people pass") {
  CHECK(verdict_of(kFolders, serving({share("a", Access::read)})) == Verdict::fail);
  const auto asked = judged(kFolders, serving({share("kyotsu", Access::none), share("keiri", Access::none, false)}));
  CHECK(asked.verdict == Verdict::ask);
  REQUIRE(asked.items.size() == 1);
  CHECK(asked.items[0].at("name") == Parameter{Name{"kyotsu"}});
  const auto named = judged(kFolders, serving({share("keiri", Access::none, false)}));
  CHECK(named.verdict == Verdict::pass);
  CHECK(named.parameters.at("count") == Parameter{Count{1}});
  CHECK(verdict_of(kFolders, serving({})) == Verdict::not_applicable);
}

TEST_CASE("an answer about a folder for everybody settles it while it is valid, and is shown as declared") {
  const auto yes = judged(kFolders, answered("yes"));
  CHECK(yes.verdict == Verdict::pass);
  CHECK(yes.declared);
  const auto no = judged(kFolders, answered("no"));
  CHECK(no.verdict == Verdict::fail);
  CHECK(no.declared);
  CHECK(verdict_of(kFolders, answered("unsure")) == Verdict::ask);
  CHECK(verdict_of(kFolders, answered("yes", "2026-11-10")) == Verdict::ask);
}

TEST_CASE("folders nobody could look at are unknown; a PC that shares none is not concerned") {
  CHECK(verdict_of(kFolders, Evidence{}) == Verdict::unknown);
  CHECK(verdict_of(kFolders, waiting({})) == Verdict::not_applicable);
  auto denied = serving({});
  denied.sharing.samba = absent<Samba>(ErrorKind::denied);
  CHECK(verdict_of(kFolders, denied) == Verdict::unknown);
}

TEST_CASE("a folder whose host lists leave only this PC is restricted") {
  auto own = share("a", Access::none);
  own.hosts = Reach::nobody;
  CHECK(verdict_of(kFolders, serving({own})) == Verdict::pass);
}

}  // namespace gokajo::tests
