#include "tests/support/antivirus_evidence.h"
#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

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

TEST_CASE("drives of Windows: a key that lies open fails, what is on its way is unknown, and no surroundings are needed") {
  const Volume encrypted{"C:", "BitLocker", known(true)}, open{"D:", "BitLocker", known(false)};
  const Volume paused{"C:", "BitLocker", known(false), VolumeState::key_open};
  const Volume halfway{"E:", "BitLocker", absent<bool>(ErrorKind::not_asked), VolumeState::changing};
  const auto on_windows = [](std::vector<Volume> volumes) {
    auto evidence = windows_pc();
    evidence.extras.volumes = known(std::move(volumes));
    return judged(kCheck, evidence);
  };
  CHECK(on_windows({encrypted}).verdict == Verdict::pass);
  CHECK(on_windows({encrypted, halfway}).situation == "changing");
  CHECK(on_windows({paused, halfway}).situation == "key-open");
  CHECK(on_windows({encrypted, kHidden, halfway}).situation == "unmeasured");
  const auto both = on_windows({paused, open});
  CHECK(both.situation == "open");
  CHECK(both.items.size() == 2);
}

TEST_CASE("a server without BitLocker has nothing to look at; a workstation without it is unknown") {
  for (const auto kind : {WindowsKind::server, WindowsKind::domain_controller, WindowsKind::workstation}) {
    auto evidence = windows_pc(kind);
    evidence.extras.volumes = absent<std::vector<Volume>>(ErrorKind::unsupported);
    CHECK(verdict_of(kCheck, evidence) == (kind == WindowsKind::workstation ? Verdict::unknown : Verdict::not_applicable));
    evidence.extras.volumes = absent<std::vector<Volume>>(ErrorKind::failed);
    CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  }
}

}  // namespace gokajo::tests
