#include "tests/support/antivirus_evidence.h"
#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {
constexpr const char* kCheck = "autorun.off";

Evidence with(std::vector<Desktop> desktops, std::map<std::string, AutorunPerson> people) {
  Evidence evidence;
  evidence.extras.autorun.desktops = known(std::move(desktops));
  evidence.extras.autorun.people = known(std::move(people));
  return evidence;
}
const Desktop kGnome{"gnome", DesktopKind::gnome}, kPlasma{"plasma", DesktopKind::plasma}, kOther{"sway", DesktopKind::other};
const AutorunPerson kForbidden{"yamada", known(true)}, kAsked{"sato", known(false)}, kUnseen{"suzuki", absent<bool>(ErrorKind::denied)};
}  // namespace

TEST_CASE("a GNOME desktop must be told never to start media, for each person") {
  CHECK(verdict_of(kCheck, with({kGnome}, {{"1000", kForbidden}})) == Verdict::pass);
  const auto finding = judged(kCheck, with({kGnome}, {{"1000", kForbidden}, {"1001", kAsked}, {"1002", kUnseen}}));
  CHECK(finding.verdict == Verdict::fail);
  REQUIRE(finding.items.size() == 1);
  CHECK(finding.items[0].at("name") == Parameter{Name{"sato"}});
  CHECK(verdict_of(kCheck, with({kGnome}, {{"1000", kForbidden}, {"1002", kUnseen}})) == Verdict::unknown);
}

TEST_CASE("without a desktop it does not apply, Plasma never starts media, others are unknown") {
  CHECK(verdict_of(kCheck, with({}, {{"1000", kAsked}})) == Verdict::not_applicable);
  CHECK(verdict_of(kCheck, with({kPlasma}, {{"1000", kAsked}})) == Verdict::pass);
  const auto finding = judged(kCheck, with({kPlasma, kOther}, {{"1000", kAsked}}));
  CHECK(finding.verdict == Verdict::unknown);
  CHECK(finding.parameters.at("desktops") == Parameter{List{{"sway"}}});
  CHECK(verdict_of(kCheck, with({kGnome}, {})) == Verdict::not_applicable);
}

TEST_CASE("AutoRun nobody looked at is unknown") {
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
  auto evidence = with({kGnome}, {});
  evidence.extras.autorun.people = {};
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
}

TEST_CASE("on Windows the file of a USB medium starts nothing; Server Core starts nothing at all") {
  auto evidence = windows_pc();
  CHECK(verdict_of("autorun.off", evidence) == Verdict::unknown);
  evidence.extras.windows_autorun = known(WindowsAutorun{});
  CHECK(judged("autorun.off", evidence).situation == "usb-starts-nothing");
  evidence.extras.windows_autorun = known(WindowsAutorun{0x91, std::nullopt});
  CHECK(judged("autorun.off", evidence).situation == "usb-starts-nothing");
  evidence.extras.windows_autorun = known(WindowsAutorun{0xFF, std::nullopt});
  CHECK(judged("autorun.off", evidence).situation == "forbidden");
  evidence.extras.windows_autorun = known(WindowsAutorun{std::nullopt, true});
  CHECK(judged("autorun.off", evidence).situation == "forbidden");
  evidence.extras.windows_autorun = absent<WindowsAutorun>(platform::ErrorKind::denied);
  CHECK(verdict_of("autorun.off", evidence) == Verdict::unknown);
  evidence.device.windows->core = true;
  CHECK(verdict_of("autorun.off", evidence) == Verdict::not_applicable);
}

}  // namespace gokajo::tests
