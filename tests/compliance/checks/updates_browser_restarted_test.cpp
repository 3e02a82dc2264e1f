#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {
constexpr const char* kCheck = "updates.browser-restarted";

SoftwareCopy browser(const std::string& product, std::optional<std::string> running = std::nullopt, bool noted = true) {
  SoftwareCopy copy{product, SoftwareKind::browser, product, "154.0.2", SoftwareOrigin::vendor, "HKLM"};
  if (noted) copy.brought_up = kNow;
  copy.still_running = std::move(running);
  return copy;
}

Evidence with(std::vector<SoftwareCopy> copies) {
  auto evidence = windows_pc();
  evidence.updates.software = known(InstalledSoftware{9, std::move(copies), {}});
  return evidence;
}
}  // namespace

TEST_CASE("a browser that still runs in the version before its update fails, by both versions") {
  CHECK(verdict_of(kCheck, with({browser("google-chrome"), browser("microsoft-edge")})) == Verdict::pass);
  const auto finding = judged(kCheck, with({browser("google-chrome", "154.0.1"), browser("microsoft-edge")}));
  CHECK(finding.verdict == Verdict::fail);
  REQUIRE(finding.items.size() == 1);
  CHECK(finding.items[0].at("running") == Parameter{Version{"154.0.1"}});
  CHECK(finding.items[0].at("version") == Parameter{Version{"154.0.2"}});
}

TEST_CASE("a browser without its updater's record is unknown; Firefox keeps none and is not looked at") {
  CHECK(judged(kCheck, with({browser("google-chrome", std::nullopt, false), browser("microsoft-edge")})).situation == "not-told");
  CHECK(judged(kCheck, with({browser("firefox", std::nullopt, false)})).situation == "no-browser");
  CHECK(judged(kCheck, with({})).situation == "no-browser");
  CHECK(verdict_of(kCheck, windows_pc()) == Verdict::unknown);
  CHECK(judged(kCheck, linux_pc()).situation == "not-windows");
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
}

}  // namespace gokajo::tests
