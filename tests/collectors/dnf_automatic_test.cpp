#include "collectors/dnf_automatic.h"

#include <doctest/doctest.h>

#include "collectors/parse/rpm.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;
using collectors::collect_dnf_automatic, collectors::parse_dnf_automatic, collectors::DnfAutomatic;

namespace {

const std::vector<std::string> kShow = {"show",
                                        "--property=Id,ActiveState,UnitFileState,ExecStart",
                                        "dnf5-automatic.timer",
                                        "dnf5-automatic.service",
                                        "dnf-automatic.timer",
                                        "dnf-automatic.service",
                                        "dnf-automatic-install.timer",
                                        "dnf-automatic-install.service",
                                        "dnf-automatic-download.timer",
                                        "dnf-automatic-download.service",
                                        "dnf-automatic-notifyonly.timer",
                                        "dnf-automatic-notifyonly.service"};
constexpr const char* kFile = "/etc/dnf/automatic.conf";
constexpr const char* kVendor = "/usr/share/dnf5/dnf5-plugins/automatic.conf";

// Only dnf-automatic.timer runs, as systemd 252 shows it: the recorded answer with its first timer switched on and the notifying one off.
std::string configured_timer() {
  auto text = test_data("systemd/dnf-automatic-install.txt");
  const auto swap = [&](const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  };
  swap("Id=dnf-automatic.timer\nActiveState=inactive\nUnitFileState=disabled",
       "Id=dnf-automatic.timer\nActiveState=active\nUnitFileState=enabled");
  swap("Id=dnf-automatic-install.timer\nActiveState=active\nUnitFileState=enabled",
       "Id=dnf-automatic-install.timer\nActiveState=inactive\nUnitFileState=disabled");
  return text;
}

std::string all_off() {
  auto text = test_data("systemd/dnf-automatic-install.txt");
  const std::string on = "ActiveState=active\nUnitFileState=enabled";
  text.replace(text.find(on), on.size(), "ActiveState=inactive\nUnitFileState=disabled");
  return text;
}

// dnf5-automatic(8): one timer, whose service runs "dnf5 automatic --timer".
constexpr const char* kTimer5 =
    "Id=dnf5-automatic.timer\nActiveState=active\nUnitFileState=enabled\n\nExecStart={ path=/usr/bin/dnf5 ; argv[]=/usr/bin/dnf5 automatic "
    "--timer ; ignore_errors=no ; start_time=[n/a] ; stop_time=[n/a] ; pid=0 ; code=(null) ; status=0/0 }\nId=dnf5-automatic.service\n"
    "ActiveState=inactive\nUnitFileState=static\n";

FakeHost pc(const std::string& units, const std::string& commands) {
  FakeHost host;
  host.prints("systemctl", kShow, units);
  host.file("/usr/bin/dnf-automatic", "");
  host.file(kFile, "[commands]\n" + commands, "dnf_automatic");
  return host;
}

UpdateSource repository(const std::string& name, Tristate security, SourceState state = SourceState::ok) {
  return {name, state, security, false, std::nullopt, std::nullopt};
}

Fact<AutomaticUpdates> asked(const FakeHost& host, bool dnf5 = false,
                             std::vector<UpdateSource> sources = {repository("baseos", Tristate::yes)},
                             const std::string& id = "almalinux") {
  const auto told = fact(UpdateSources{PackageManager::dnf, SecurityChannel::advisories, {}, std::move(sources)}, "test", host.now);
  OsRelease os;
  os.id = id;
  return collect_dnf_automatic(host, told, fact(os, "test", host.now), dnf5);
}

bool installs(const AutomaticUpdates& automatic) {
  return automatic.configured == Tristate::yes && automatic.installer_present == Tristate::yes && automatic.timer_runs == Tristate::yes;
}

bool refuses(const AutomaticUpdates& automatic) {
  return automatic.configured == Tristate::no || automatic.installer_present == Tristate::no || automatic.timer_runs == Tristate::no;
}

}  // namespace

TEST_CASE("automatic.conf: what is installed, and the addresses of its mails never leave the file") {
  const std::string file =
      "# apply_updates = yes\n[commands]\nupgrade_type = security\nrandom_sleep = 0\napply_updates = yes\n\n[command_email]\n"
      "command_format = \"mail --password geheim\"\napply_updates = no\n[email]\nemail_to = owner@example.jp\n";
  const auto reduced_conf = platform::find_reducer("dnf_automatic");
  REQUIRE(bool(reduced_conf));
  const auto reduced = reduced_conf(file);
  REQUIRE(reduced);
  CHECK(*reduced == "[commands]\nupgrade_type = security\napply_updates = yes\n");
  CHECK(parse_dnf_automatic(*reduced) == DnfAutomatic{Tristate::yes, "security"});
  CHECK(reduced_conf("[commands]\nupgrade_type = default\n apply_updates = yes\n")->find("apply") == std::string::npos);
  CHECK(*reduced_conf("") == "");
  for (const char* odd : {"apply_updates = yes\n", "\xFF\xFE\n", "<html>\n[commands]\n"}) CHECK_FALSE(reduced_conf(odd));
}

TEST_CASE("automatic.conf: values as libdnf reads them, and defaults where nothing is said") {
  for (const char* yes : {"yes", "1", "True", "ON"})
    CHECK(parse_dnf_automatic(std::string("[commands]\napply_updates=") + yes).apply == Tristate::yes);
  for (const char* no : {"no", "0", "false", "Off"})
    CHECK(parse_dnf_automatic(std::string("[commands]\napply_updates = ") + no).apply == Tristate::no);
  for (const char* odd : {"", "maybe", "\xFF"})
    CHECK(parse_dnf_automatic(std::string("[commands]\napply_updates =") + odd).apply == Tristate::unknown);
  CHECK(parse_dnf_automatic("") == DnfAutomatic{Tristate::no, "default"});
  CHECK(parse_dnf_automatic("[email]\napply_updates = yes\n").apply == Tristate::no);
  CHECK(parse_dnf_automatic("[commands]\napply_updates = yes\napply_updates = no\n").apply == Tristate::no);
  CHECK(parse_dnf_automatic("[commands]\nupgrade_type = all\n").upgrade_type == "?");
}

TEST_CASE("dnf-automatic: the timer that installs overrides a configuration that does not") {
  const auto automatic = asked(pc(test_data("systemd/dnf-automatic-install.txt"), "apply_updates = no\n"));
  REQUIRE(automatic);
  CHECK(installs(*automatic));
  CHECK(automatic->mechanism == "dnf-automatic");
  CHECK(automatic->why_not.empty());
}

TEST_CASE("dnf-automatic: the timers that only tell or download install nothing, whatever the configuration says") {
  const auto told = asked(pc(test_data("systemd/dnf-automatic-notifyonly.txt"), "apply_updates = yes\n"));
  REQUIRE(told);
  CHECK(told->timer_runs == Tristate::yes);
  CHECK(told->configured == Tristate::no);
  CHECK(told->why_not == std::vector<std::string>{"dnf-automatic-notifyonly.timer: --no-installupdates"});
}

TEST_CASE("dnf-automatic: the plain timer does what automatic.conf says") {
  CHECK(installs(*asked(pc(configured_timer(), "apply_updates = yes\n"))));
  const auto off = asked(pc(configured_timer(), "apply_updates = no\n"));
  CHECK(off->configured == Tristate::no);
  CHECK(off->why_not == std::vector<std::string>{"automatic.conf: apply_updates = no"});
  CHECK(asked(pc(configured_timer(), "upgrade_type = default\n"))->configured ==
        Tristate::no);  // dnf-automatic(8): apply_updates, default: no
  auto host = pc(configured_timer(), "apply_updates = maybe\n");
  CHECK_FALSE(refuses(*asked(host)));
  CHECK_FALSE(installs(*asked(host)));
  host.unreadable(kFile, platform::ErrorKind::denied, "dnf_automatic");
  CHECK(asked(host)->configured == Tristate::unknown);
}

TEST_CASE("dnf-automatic: no timer runs, no program is there") {
  const auto off = asked(pc(all_off(), "apply_updates = yes\n"));
  CHECK(off->timer_runs == Tristate::no);
  REQUIRE(off->why_not.size() == 1);
  CHECK(off->why_not[0] == "dnf-automatic.timer: inactive, disabled");
  FakeHost bare;
  bare.prints("systemctl", kShow, "Id=dnf-automatic.timer\nActiveState=inactive\nUnitFileState=\n");
  const auto none = asked(bare);
  CHECK(none->installer_present == Tristate::no);
  CHECK(none->why_not == std::vector<std::string>{"dnf-automatic: -"});
}

TEST_CASE("dnf-automatic: where systemd does not answer, or the service is not the package's own, nothing is said of it") {
  auto host = pc("", "apply_updates = no\n");
  host.fails("systemctl", kShow, platform::ErrorKind::timed_out);
  CHECK_FALSE(refuses(*asked(host)));  // a timer that nobody saw may install all the same
  CHECK_FALSE(installs(*asked(host)));
  host.prints("systemctl", kShow, "", 1, "System has not been booted with systemd as init system (PID 1). Can't operate.\n");
  CHECK_FALSE(refuses(*asked(host)));
  const std::string other =
      "Id=dnf-automatic.timer\nActiveState=active\nUnitFileState=enabled\n\nExecStart={ path=/opt/x ; argv[]=/opt/x ; }\n"
      "ExecStart={ path=/opt/y ; argv[]=/opt/y ; }\nId=dnf-automatic.service\nActiveState=inactive\nUnitFileState=static\n";
  host.prints("systemctl", kShow, other);
  CHECK(asked(host)->configured == Tristate::unknown);
  const std::string elsewhere =
      "Id=dnf-automatic.timer\nActiveState=active\nUnitFileState=enabled\n\nExecStart={ path=/usr/bin/dnf-automatic ; "
      "argv[]=/usr/bin/dnf-automatic /root/mine.conf --timer ; }\nId=dnf-automatic.service\nActiveState=inactive\nUnitFileState=static\n";
  host.prints("systemctl", kShow, elsewhere);
  CHECK(asked(host)->configured == Tristate::unknown);
}

TEST_CASE("upgrade_type security installs what advisories name, and nothing where there are none") {
  const auto with = [](std::vector<UpdateSource> sources, const std::string& id = "almalinux") {
    return asked(pc(configured_timer(), "apply_updates = yes\nupgrade_type = security\n"), false, std::move(sources), id)->configured;
  };
  CHECK(with({repository("baseos", Tristate::yes), repository("appstream", Tristate::yes), repository("chrome", Tristate::unknown)}) ==
        Tristate::yes);
  CHECK(with({repository("baseos", Tristate::unknown), repository("appstream", Tristate::unknown), repository("epel", Tristate::yes)}) ==
        Tristate::no);
  CHECK(with({repository("baseos", Tristate::yes), repository("appstream", Tristate::unknown)}) == Tristate::unknown);
  CHECK(with({repository("office", Tristate::unknown)}) == Tristate::no);
  CHECK(with({repository("office", Tristate::unknown), repository("epel", Tristate::yes)}) == Tristate::unknown);
  CHECK(with({repository("fedora", Tristate::unknown), repository("updates", Tristate::yes)}, "fedora") == Tristate::yes);
  CHECK(with({repository("baseos", Tristate::unknown, SourceState::never_fetched)}) == Tristate::unknown);
  CHECK(with({repository("baseos", Tristate::unknown, SourceState::disabled)}) == Tristate::unknown);
  CHECK(with({repository("baseos", Tristate::yes)}, "centos") == Tristate::no);
  // The whole upgrade asks for no advisory.
  CHECK(installs(*asked(pc(configured_timer(), "apply_updates = yes\n"), false, {repository("baseos", Tristate::unknown)}, "centos")));
}

TEST_CASE("dnf5 automatic: one timer, the plug-in, and the files as its version reads them") {
  FakeHost host;
  host.prints("systemctl", kShow, kTimer5);
  host.file("/usr/lib64/dnf5/plugins/automatic_cmd_plugin.so", "");
  host.file(kVendor, "[commands]\napply_updates = no\nupgrade_type = default\n", "dnf_automatic");
  CHECK(asked(host, true, {}, "fedora")->configured == Tristate::no);
  host.file(kFile, "[commands]\napply_updates = yes\n", "dnf_automatic");
  // Before 5.2.6.1 that file was not read; without the version either may hold.
  CHECK(asked(host, true, {}, "fedora")->configured == Tristate::unknown);
  const auto version = [&](const std::string& evr) {
    host.prints("rpm", {"-qa", "--qf", collectors::parse::kRpmFormat}, "dnf5-plugin-automatic\tx86_64\t" + evr + "\tFedora\t1760000000\n");
    return *asked(host, true, {}, "fedora");
  };
  CHECK(version("5.2.6.0-1.fc41").configured == Tristate::no);
  CHECK(installs(version("5.2.6.1-1.fc41")));
  CHECK(installs(version("5.2.17.0-1.fc43")));
  CHECK(version("5.2.17.0-1.fc43").mechanism == "dnf5-automatic");
  host.file("/etc/dnf/dnf5-plugins/automatic.conf", "[commands]\napply_updates = yes\n", "dnf_automatic");
  host.file(kFile, "[commands]\napply_updates = no\n", "dnf_automatic");
  CHECK(version("5.2.17.0-1.fc43").configured == Tristate::no);
  CHECK(version("5.2.5.0-1.fc41").configured == Tristate::yes);
  host.answers(platform::StatFile{.path = "/usr/lib64/dnf5/plugins/automatic_cmd_plugin.so"},
               platform::Error{platform::ErrorKind::not_found, ""});
  CHECK(version("5.2.17.0-1.fc43").installer_present == Tristate::no);
}

TEST_CASE("garbage where systemd or the file should speak proves nothing good") {
  for (const char* text :
       {"", "\xFF\xFE=\n=\n\n", "<html>", "Id=\nActiveState=active\n", "ExecStart={ argv[]= ; }\nId=dnf-automatic.service\n"}) {
    CAPTURE(text);
    CHECK_FALSE(installs(*asked(pc(text, "apply_updates = yes\n"))));
  }
}

}  // namespace gokajo::tests
