#include "collectors/apt_automatic.h"

#include <doctest/doctest.h>

#include "tests/support/fake_host.h"

namespace gokajo::tests {

using compliance::Tristate;

namespace {

const std::vector<std::string> kShell = {"shell",
                                         "ENABLE",
                                         "APT::Periodic::Enable",
                                         "UPDATE",
                                         "APT::Periodic::Update-Package-Lists",
                                         "UPGRADE",
                                         "APT::Periodic::Unattended-Upgrade"};
const std::vector<std::string> kShow = {"show", "--property=Id,ActiveState,UnitFileState", "apt-daily.timer", "apt-daily-upgrade.timer"};

// After apt-config(8) "shell" of apt 2.6.1, systemctl(1) "show" of systemd 252.
FakeHost pc(const std::string& config, const std::string& units) {
  FakeHost host;
  host.prints("apt-config", kShell, config);
  host.prints("systemctl", kShow, units);
  host.file("/usr/bin/unattended-upgrade", "");
  return host;
}

constexpr const char* kOn = "UPDATE='1'\nUPGRADE='1'\n";
constexpr const char* kRunning =
    "Id=apt-daily.timer\nActiveState=active\nUnitFileState=enabled\n\nId=apt-daily-upgrade.timer\nActiveState=active\nUnitFileState="
    "enabled\n";

}  // namespace

TEST_CASE("values of APT::Periodic are read as apt.systemd.daily reads them") {
  using collectors::periodic_is_on;
  for (const char* on : {"1", "7", "always", "1d", "12h", "30m"}) CHECK(periodic_is_on(on) == Tristate::yes);
  for (const char* off : {"0", "", "0d"}) CHECK(periodic_is_on(off) == Tristate::no);
  CHECK(periodic_is_on(std::nullopt) == Tristate::no);
  for (const char* odd : {"yes", "-1", "1w", "d", "\xFF"}) CHECK(periodic_is_on(odd) == Tristate::unknown);
}

TEST_CASE("automatic updates of apt need the configuration, the installer and both timers") {
  const auto all = collectors::collect_apt_automatic(pc(kOn, kRunning));
  REQUIRE(all);
  CHECK(all->configured == Tristate::yes);
  CHECK(all->installer_present == Tristate::yes);
  CHECK(all->timer_runs == Tristate::yes);
  CHECK(all->why_not.empty());

  const auto off = collectors::collect_apt_automatic(pc("UPDATE='1'\nUPGRADE='0'\n", kRunning));
  CHECK(off->configured == Tristate::no);
  CHECK(off->why_not == std::vector<std::string>{"APT::Periodic::Unattended-Upgrade \"0\""});
  CHECK(collectors::collect_apt_automatic(pc("ENABLE='0'\nUPDATE='1'\nUPGRADE='1'\n", kRunning))->configured == Tristate::no);
  CHECK(collectors::collect_apt_automatic(pc("", kRunning))->configured == Tristate::no);

  const auto stopped = collectors::collect_apt_automatic(pc(kOn,
                                                            "Id=apt-daily.timer\nActiveState=active\nUnitFileState=enabled\n\nId=apt-daily-"
                                                            "upgrade.timer\nActiveState=inactive\nUnitFileState=disabled\n"));
  CHECK(stopped->timer_runs == Tristate::no);
  CHECK(stopped->why_not == std::vector<std::string>{"apt-daily-upgrade.timer: inactive, disabled"});
  CHECK(collectors::collect_apt_automatic(pc(kOn,
                                             "Id=apt-daily.timer\nActiveState=active\nUnitFileState=disabled\n\nId=apt-daily-upgrade."
                                             "timer\nActiveState=active\nUnitFileState=enabled\n"))
            ->timer_runs == Tristate::no);
}

TEST_CASE("what apt-config never prints is malformed, not a PC without automatic updates") {
  for (const char* text : {"<html>Sign in</html>\n", "\xFF\xFE", "started\n", "APT \"\";\n", "ENABLE=1\n"}) {
    CAPTURE(text);
    FakeHost host;
    host.prints("apt-config", kShell, text);
    const auto automatic = collectors::collect_apt_automatic(host);
    REQUIRE_FALSE(automatic);
    CHECK(automatic.absent == platform::ErrorKind::malformed);
  }
}

TEST_CASE("where systemd or apt-config does not answer, that layer is not known") {
  FakeHost host = pc(kOn, "");
  host.prints("systemctl", kShow, "", 1, "System has not been booted with systemd as init system (PID 1). Can't operate.\n");
  CHECK(collectors::collect_apt_automatic(host)->timer_runs == Tristate::unknown);
  host.fails("systemctl", kShow, platform::ErrorKind::timed_out);
  CHECK(collectors::collect_apt_automatic(host)->timer_runs == Tristate::unknown);
  CHECK(collectors::collect_apt_automatic(pc(kOn, "Id=apt-daily.timer\nActiveState=active\nUnitFileState=enabled\n"))->timer_runs ==
        Tristate::unknown);
  host.fails("apt-config", kShell, platform::ErrorKind::timed_out);
  CHECK(collectors::collect_apt_automatic(host).absent == platform::ErrorKind::timed_out);
}

}  // namespace gokajo::tests
