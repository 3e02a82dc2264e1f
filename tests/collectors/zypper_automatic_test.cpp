#include "collectors/zypper_automatic.h"

#include <doctest/doctest.h>

#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;
using collectors::parse_shell_setting;

namespace {

const std::vector<std::string> kShow = {"show",
                                        "--property=Id,ActiveState,UnitFileState,ExecStart",
                                        "os-update.timer",
                                        "os-update.service",
                                        "transactional-update.timer",
                                        "transactional-update.service",
                                        "cron.service"};

// os-update runs, as systemd 252 shows it.
FakeHost pc(const std::string& config = "#UPDATE_CMD=auto\n") {
  FakeHost host;
  host.prints("systemctl", kShow, test_data("systemd/os-update.txt"));
  host.file("/usr/libexec/os-update", "");
  host.file("/usr/share/os-update/os-update.conf", config);
  return host;
}

AutomaticUpdates asked(const FakeHost& host, const std::string& name = "openSUSE Leap", Tristate patches = Tristate::yes) {
  OsRelease os;
  os.name = name;
  os.id = name == "openSUSE Tumbleweed" ? "opensuse-tumbleweed" : "opensuse-leap";
  UpdateSources sources{PackageManager::zypper, SecurityChannel::advisories, {}, {}};
  sources.sources.push_back({"repo-update", SourceState::ok, patches, false, std::nullopt, std::nullopt});
  const auto automatic = collectors::collect_zypper_automatic(host, fact(sources, "test", host.now), fact(os, "test", host.now));
  REQUIRE(automatic);
  return *automatic;
}

bool installs(const AutomaticUpdates& automatic) {
  return automatic.configured == Tristate::yes && automatic.installer_present == Tristate::yes && automatic.timer_runs == Tristate::yes;
}

}  // namespace

TEST_CASE("a setting of a file that a shell reads: the last one, plain or quoted; what the shell would work out is not known") {
  CHECK(parse_shell_setting("UPDATE_CMD=up\n", "UPDATE_CMD") == "up");
  CHECK(parse_shell_setting("UPDATE_CMD=\"dup\"\nUPDATE_CMD='security'\n", "UPDATE_CMD") == "security");
  CHECK(parse_shell_setting("#UPDATE_CMD=up\nXUPDATE_CMD=up\nUPDATE_CMD_X=up\n", "UPDATE_CMD") == std::nullopt);
  CHECK(parse_shell_setting("UPDATE_CMD=\n", "UPDATE_CMD") == "");
  for (const char* odd :
       {"UPDATE_CMD=$X", "UPDATE_CMD=`x`", "UPDATE_CMD=up; rm", "UPDATE_CMD=\"up\"x\"y\"", "UPDATE_CMD=\"up", "UPDATE_CMD=up # x"})
    CHECK(parse_shell_setting(odd, "UPDATE_CMD") == "?");
}

TEST_CASE("os-update: the timer, the program and what it would run") {
  CHECK(installs(asked(pc())));
  CHECK(asked(pc()).mechanism == "os-update");
  CHECK(installs(asked(pc(), "openSUSE Tumbleweed")));
  CHECK(installs(asked(pc(), "SLES")));
  // os-update: "auto" ends with an error on any other system.
  CHECK(asked(pc(), "openSUSE Leap Micro").configured == Tristate::no);
  CHECK(installs(asked(pc("UPDATE_CMD=dup\n"), "openSUSE Leap Micro")));
  CHECK(asked(pc("UPDATE_CMD=never\n")).configured == Tristate::no);
  CHECK(asked(pc("UPDATE_CMD=$(cat /x)\n")).configured == Tristate::unknown);
  auto host = pc();
  host.file("/etc/os-update.conf", "UPDATE_CMD=\"none\"\n");
  CHECK(asked(host).configured == Tristate::no);
  host.unreadable("/etc/os-update.conf", platform::ErrorKind::denied);
  CHECK(asked(host).configured == Tristate::unknown);
}

TEST_CASE("os-update with security patches only needs patches") {
  CHECK(installs(asked(pc("UPDATE_CMD=security\n"))));
  CHECK(asked(pc("UPDATE_CMD=security\n"), "openSUSE Leap", Tristate::unknown).configured == Tristate::no);
  CHECK(asked(pc("UPDATE_CMD=security\n"), "openSUSE Tumbleweed").configured == Tristate::no);
}

TEST_CASE("zypper: a stopped timer, a missing program, a systemd that does not answer") {
  auto text = test_data("systemd/os-update.txt");
  const std::string on = "ActiveState=active\nUnitFileState=enabled";
  text.replace(text.find(on), on.size(), "ActiveState=inactive\nUnitFileState=disabled");
  auto host = pc();
  host.prints("systemctl", kShow, text);
  CHECK(asked(host).timer_runs == Tristate::no);
  CHECK(asked(host).why_not == std::vector<std::string>{"os-update.timer: inactive, disabled"});
  host.fails("systemctl", kShow, platform::ErrorKind::timed_out);
  CHECK(asked(host).timer_runs == Tristate::unknown);
  FakeHost bare;
  bare.prints("systemctl", kShow, test_data("systemd/os-update.txt"));
  CHECK(asked(bare).installer_present == Tristate::no);
}

TEST_CASE("transactional-update takes updates into the next snapshot by its timer") {
  FakeHost host;
  const std::string service =
      "Id=transactional-update.timer\nActiveState=active\nUnitFileState=enabled\n\nExecStart={ path=/usr/sbin/transactional-update ; "
      "argv[]=/usr/sbin/transactional-update cleanup ${UPDATE_METHOD} reboot ; ignore_errors=no }\nId=transactional-update.service\n"
      "ActiveState=inactive\nUnitFileState=static\n";
  host.prints("systemctl", kShow, service);
  host.file("/usr/sbin/transactional-update", "");
  CHECK(installs(asked(host, "openSUSE MicroOS")));
  CHECK(asked(host, "openSUSE MicroOS").mechanism == "transactional-update");
  auto cleaning = service;
  cleaning.replace(cleaning.find("${UPDATE_METHOD} reboot"), 23, "");
  host.prints("systemctl", kShow, cleaning);
  CHECK_FALSE(installs(asked(host, "openSUSE MicroOS")));
}

TEST_CASE("the cron job of YaST needs its file, its script and cron") {
  FakeHost host;
  host.prints("systemctl", kShow, "Id=cron.service\nActiveState=active\nUnitFileState=enabled\n");
  host.file("/usr/lib/YaST2/bin/online_update", "").file("/etc/cron.weekly/opensuse.org-online_update", "");
  const auto with = [&](const std::string& file) {
    host.file("/etc/sysconfig/automatic_online_update", file);
    return asked(host);
  };
  CHECK(installs(with("AOU_ENABLE_CRONJOB=\"true\"\nAOU_PATCH_CATEGORIES=\"\"\n")));
  CHECK(installs(with("AOU_ENABLE_CRONJOB=\"true\"\nAOU_PATCH_CATEGORIES=\"security recommended\"\n")));
  CHECK(with("AOU_ENABLE_CRONJOB=\"true\"\nAOU_PATCH_CATEGORIES=\"recommended security\"\n").configured == Tristate::no);
  CHECK(with("AOU_ENABLE_CRONJOB=\"false\"\n").configured == Tristate::no);
  CHECK(with("").configured == Tristate::no);
  with("AOU_ENABLE_CRONJOB=\"true\"\n");
  host.prints("systemctl", kShow, "Id=cron.service\nActiveState=inactive\nUnitFileState=disabled\n");
  CHECK(asked(host).timer_runs == Tristate::no);
}

}  // namespace gokajo::tests
