#include "tests/support/antivirus_evidence.h"
#include "tests/support/judging.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {
constexpr const char* kCheck = "wifi.encrypted";
using Networks = std::vector<WifiNetwork>;

Evidence with(std::vector<std::string> cards, Networks saved, Networks in_use = {}) {
  Evidence evidence;
  evidence.extras.wifi.devices = known(std::move(cards));
  evidence.extras.wifi.saved = known(std::move(saved));
  evidence.extras.wifi.in_use = known(std::move(in_use));
  return evidence;
}
const Networks kOffice = {{"office", WifiSecurity::wpa2, true}};
const Networks kCafe = {{"kissa-free", WifiSecurity::open, true}};
}  // namespace

TEST_CASE("networks that anybody can read fail in use, and saved when the PC joins them by itself") {
  CHECK(verdict_of(kCheck, with({"wlan0"}, kOffice, kOffice)) == Verdict::pass);
  for (const auto security : {WifiSecurity::open, WifiSecurity::wep, WifiSecurity::wpa1}) {
    CHECK(judged(kCheck, with({"wlan0"}, kOffice, {{"", security, true}})).situation == "in-use");
    CHECK(judged(kCheck, with({"wlan0"}, {{"old", security, true}}, kOffice)).situation == "saved");
    CHECK(verdict_of(kCheck, with({"wlan0"}, {{"old", security, false}}, kOffice)) == Verdict::pass);
  }
  CHECK(judged(kCheck, with({"wlan0"}, kCafe)).items.at(0).at("name") == Parameter{Name{"kissa-free"}});
}

TEST_CASE("encrypted without a password is encrypted, a form nobody knows is unknown") {
  CHECK(verdict_of(kCheck, with({"wlan0"}, {{"owe", WifiSecurity::owe, true}})) == Verdict::pass);
  CHECK(verdict_of(kCheck, with({"wlan0"}, {{"new", WifiSecurity::other, true}})) == Verdict::unknown);
}

TEST_CASE("without a card it does not apply, unless an open network is saved: then a person must tell") {
  CHECK(judged(kCheck, with({}, kOffice)).situation == "no-card");
  CHECK(verdict_of(kCheck, with({}, kOffice)) == Verdict::not_applicable);
  CHECK(verdict_of(kCheck, with({}, kCafe)) == Verdict::ask);
}

TEST_CASE("Wi-Fi nobody could look at is unknown") {
  CHECK(verdict_of(kCheck, Evidence{}) == Verdict::unknown);
  auto evidence = with({"wlan0"}, kOffice, kOffice);
  evidence.extras.wifi.saved = absent<Networks>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence = with({"wlan0"}, kOffice);
  evidence.extras.wifi.in_use = absent<Networks>(ErrorKind::unsupported);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
  evidence = with({}, {});
  evidence.extras.wifi.saved = absent<Networks>(ErrorKind::denied);
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
}

TEST_CASE("Windows that does not tell where it is tells nothing of the Wi-Fi in use") {
  auto evidence = with({"wlan0"}, kOffice);
  evidence.extras.wifi.in_use = absent<Networks>(ErrorKind::denied);
  CHECK(judged(kCheck, evidence).situation == "unmeasured");
  evidence.device = windows_pc().device;
  CHECK(judged(kCheck, evidence).situation == "place-not-allowed");
  CHECK(verdict_of(kCheck, evidence) == Verdict::unknown);
}

}  // namespace gokajo::tests
