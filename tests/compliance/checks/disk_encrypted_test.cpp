#include "tests/support/antivirus_evidence.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {
constexpr const char* kCheck = "disk.encrypted";

Evidence with(std::vector<Volume> volumes, Surroundings around = {}) {
  Evidence evidence;
  evidence.device.surroundings = known(around);
  evidence.extras.volumes = known(std::move(volumes));
  return evidence;
}
const Volume kRoot{"/", "/dev/mapper/root", known(true)};
const Volume kOpenHome{"/home", "/dev/sda1", known(false)};
const Volume kHidden{"/home", "/dev/sda1", absent<bool>(ErrorKind::unsupported)};
}  // namespace

TEST_CASE("every volume with data must be encrypted, and the open one is named") {
  CHECK(verdict_of(kCheck, with({kRoot})) == Verdict::pass);
  const auto finding = judged(kCheck, with({kRoot, kHidden, kOpenHome}));
  CHECK(finding.verdict == Verdict::fail);
  REQUIRE(finding.items.size() == 1);
  CHECK(finding.items[0].at("name") == Parameter{Name{"/home"}});
  CHECK(verdict_of(kCheck, with({kRoot, kHidden})) == Verdict::unknown);
  CHECK(verdict_of(kCheck, with({})) == Verdict::unknown);
}

TEST_CASE("where the disk belongs to another system the check does not apply, and says which") {
  CHECK(judged(kCheck, with({kOpenHome}, {.container = true})).situation == "container");
  CHECK(judged(kCheck, with({kOpenHome}, {.wsl = true})).situation == "wsl");
  CHECK(judged(kCheck, with({kOpenHome}, {.live_medium = true})).situation == "live-medium");
  CHECK(verdict_of(kCheck, with({kOpenHome}, {.container = true})) == Verdict::not_applicable);
}

TEST_CASE("disks nobody looked at are unknown") {
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
  auto evidence = with({kRoot});
  evidence.device.surroundings = absent<Surroundings>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
}

}  // namespace gokajo::tests
