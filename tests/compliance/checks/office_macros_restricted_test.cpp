#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {
constexpr const char* kCheck = "office.macros-restricted";
using Programs = std::vector<std::string>;

Evidence with(const std::string& release, std::map<std::string, Fact<Programs>> people) {
  auto evidence = windows_pc();
  InstalledSoftware software{3, {}, {}};
  if (!release.empty()) software.copies.push_back({"microsoft-office", SoftwareKind::office, "Microsoft Office", release});
  evidence.updates.software = known(software);
  evidence.extras.windows_macros = known(std::move(people));
  return evidence;
}
const auto kAway = absent<Programs>(ErrorKind::not_found);
}  // namespace

TEST_CASE("one person and program that runs every macro fails, by name") {
  CHECK(verdict_of(kCheck, with("2021", {{"S-1", known(Programs{})}})) == Verdict::pass);
  const auto finding = judged(kCheck, with("2021", {{"S-1", known(Programs{})}, {"S-2", known(Programs{"Excel"})}, {"S-3", kAway}}));
  CHECK(finding.situation == "all-run");
  REQUIRE(finding.items.size() == 1);
  CHECK(finding.items[0].at("name") == Parameter{Name{"S-2"}});
  CHECK(finding.items[0].at("programs") == Parameter{List{{"Excel"}}});
}

TEST_CASE("people who are away hide nothing of those who were seen; nobody at all is unknown") {
  CHECK(verdict_of(kCheck, with("2021", {{"S-1", known(Programs{})}, {"S-2", kAway}})) == Verdict::pass);
  CHECK(judged(kCheck, with("2021", {{"S-2", kAway}})).situation == "nobody-signed-in");
  CHECK(judged(kCheck, with("2021", {})).situation == "nobody-signed-in");
  CHECK(verdict_of(kCheck, with("2021", {{"S-1", known(Programs{})}, {"S-2", absent<Programs>(ErrorKind::denied)}})) == Verdict::unknown);
}

TEST_CASE("without Office it does not apply, and an Office with other settings is unknown") {
  CHECK(judged(kCheck, with("", {})).situation == "no-office");
  CHECK(judged(kCheck, with("2013", {{"S-1", known(Programs{})}})).situation == "older-office");
  auto evidence = with("2021", {});
  evidence.updates.software = absent<InstalledSoftware>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  CHECK(judged(kCheck, linux_pc()).situation == "not-windows");
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
