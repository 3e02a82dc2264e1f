#include <doctest/doctest.h>

#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

Time day(const std::string& text) { return *platform::parse_time(text); }

Evidence with(const std::string& id, const std::string& version, const std::string& name = "") {
  OsRelease os;
  os.id = id;
  os.version_id = version;
  os.name = name;
  Evidence evidence;
  evidence.device.os = fact(os, "/etc/os-release", day("2026-11-22"));
  evidence.updates.ends_said = fact(std::vector<SaidEnd>{}, "/etc/os-release", day("2026-11-22"));
  evidence.updates.release_pin = fact(ReleasePin{}, "/etc/dnf/vars/releasever", day("2026-11-22"));
  return evidence;
}

void add_end(Evidence& evidence, const std::string& by, const std::string& as_of, const std::string& free) {
  evidence.updates.ends_said->push_back({by, day(as_of), day(free), std::nullopt, std::nullopt});
}

void attach(Evidence& evidence, bool attached, std::vector<std::string> enabled) {
  evidence.updates.ubuntu_pro = fact(UbuntuPro{attached, std::move(enabled)}, "status.json", day("2026-11-22"));
}

std::string outcome(const Evidence& evidence, const std::string& now) {
  const auto finding = judged("updates.os-supported", evidence, day(now));
  return std::string(boost::describe::enum_to_string(finding.verdict, "?")) + " " + finding.situation;
}

}  // namespace

TEST_CASE("the last supported day counts to its end in Japan") {
  const auto bullseye = with("debian", "11");  // LTS until 2026-08-31
  CHECK(outcome(bullseye, "2026-08-31T14:59:59Z") == "pass ends-soon");
  CHECK(outcome(bullseye, "2026-08-31T15:00:00Z") == "fail ended");
}

TEST_CASE("releases of every family against their dates on 22 November 2026") {
  struct Row {
    const char* id;
    const char* version;
    const char* name;
    const char* expected;
  };
  const Row rows[] = {
      {"debian", "12", "", "pass supported"},
      {"debian", "11", "", "fail ended"},  // what is left is a paid third party's
      {"debian", "14", "", "unknown newer-than-table"},
      {"debian", "", "", "unknown not-in-table"},  // testing and sid name no release
      {"ubuntu", "24.04", "", "pass supported"},
      {"ubuntu", "25.10", "", "fail ended"},
      {"rhel", "9.4", "", "pass supported"},
      {"rhel", "7.9", "", "unknown extension-unproven"},
      {"almalinux", "8.10", "", "pass supported"},
      {"rocky", "10.1", "", "pass supported"},
      {"centos", "8", "CentOS Linux", "fail ended"},
      {"centos", "8", "CentOS Stream", "fail ended"},
      {"centos", "9", "CentOS Stream", "pass supported"},
      {"fedora", "43", "", "pass ends-soon"},
      {"fedora", "42", "", "fail ended"},
      {"fedora", "45", "", "unknown newer-than-table"},
      {"opensuse-leap", "15.6", "", "fail ended"},
      {"opensuse-tumbleweed", "20261120", "", "not_applicable rolling"},
      {"sles", "15.6", "", "unknown extension-unproven"},
      {"sles", "15.7", "", "pass supported"},
      {"arch", "", "", "not_applicable rolling"},
      {"linuxmint", "22.3", "Linux Mint", "pass supported"},
      {"linuxmint", "20", "Linux Mint", "fail ended"},
      {"linuxmint", "7", "LMDE", "pass fixes-seen"},
      {"officelinux", "3", "", "unknown not-in-table"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.id);
    CAPTURE(row.version);
    CHECK(outcome(with(row.id, row.version, row.name), "2026-11-22") == row.expected);
  }
}

TEST_CASE("what the practice of a maker showed is not relied on for ever") {
  CHECK(outcome(with("linuxmint", "7", "LMDE"), "2027-07-01T00:00:00Z") == "unknown no-date");
}

TEST_CASE("Ubuntu past its free end lives by Pro only when that is attached and esm-infra enabled") {
  auto focal = with("ubuntu", "20.04");
  CHECK(outcome(focal, "2026-11-22") == "unknown unmeasured");  // nobody looked
  attach(focal, true, {"esm-infra", "esm-apps"});
  CHECK(outcome(focal, "2026-11-22") == "pass supported-extended");
  attach(focal, true, {"livepatch"});
  CHECK(outcome(focal, "2026-11-22") == "fail ended");
  attach(focal, false, {"esm-infra"});
  CHECK(outcome(focal, "2026-11-22") == "fail ended");
  focal.updates.ubuntu_pro = no_fact<UbuntuPro>({ErrorKind::denied, ""}, "status.json", day("2026-11-22"));
  CHECK(outcome(focal, "2026-11-22") == "unknown unmeasured");
  focal.updates.ubuntu_pro = no_fact<UbuntuPro>({ErrorKind::not_found, ""}, "status.json", day("2026-11-22"));
  CHECK(outcome(focal, "2026-11-22") == "fail ended");
}

TEST_CASE("plain Pro does not reach into the years of the Legacy add-on") {
  auto xenial = with("ubuntu", "16.04");  // ESM until 2026-04-02, Legacy until 2028-04-25
  attach(xenial, true, {"esm-infra"});
  CHECK(outcome(xenial, "2026-11-22") == "fail ended");
  attach(xenial, true, {"esm-infra", "esm-infra-legacy"});
  CHECK(outcome(xenial, "2026-11-22") == "pass supported-extended");
}

TEST_CASE("between the table and the PC's own file the one made later counts") {
  auto fedora = with("fedora", "43");  // 2026-12-02 by a source of 2026-08-22
  add_end(fedora, "SUPPORT_END", "2026-11-01", "2026-12-20");
  const auto finding = judged("updates.os-supported", fedora, day("2026-12-10"));
  CHECK(finding.verdict == Verdict::pass);
  CHECK(finding.parameters.at("source") == Parameter{Name{"SUPPORT_END"}});
  auto older = with("fedora", "43");
  add_end(older, "SUPPORT_END", "2025-10-20", "2026-12-20");
  CHECK(outcome(older, "2026-12-10") == "fail ended");
}

TEST_CASE("no file moves an end that was already past when the table was made") {
  auto fedora = with("fedora", "42");  // ended 2026-05-27, read 2026-08-22
  add_end(fedora, "SUPPORT_END", "2026-11-01", "2030-01-01");
  CHECK(outcome(fedora, "2026-11-22") == "fail ended");
}

TEST_CASE("a release without a row is judged by what its own distribution says, if it does") {
  auto unknown_one = with("officelinux", "3");
  add_end(unknown_one, "SUPPORT_END", "2026-01-01", "2026-10-13");
  CHECK(outcome(unknown_one, "2026-11-22") == "fail ended");
  auto new_one = with("fedora", "45");
  add_end(new_one, "SUPPORT_END", "2026-10-20", "2027-11-17");
  CHECK(outcome(new_one, "2026-11-22") == "pass supported");
}

TEST_CASE("a pinned minor release of RHEL is not said to get fixes because the major lives") {
  auto rhel = with("rhel", "9.4");
  rhel.updates.release_pin->pinned_to = "9.4";
  CHECK(outcome(rhel, "2026-11-22") == "unknown pinned");
  rhel.updates.release_pin = no_fact<ReleasePin>({ErrorKind::denied, ""}, "/etc/dnf/vars/releasever", day("2026-11-22"));
  CHECK(outcome(rhel, "2026-11-22") == "unknown unmeasured");
}

TEST_CASE("a release nobody could read is unknown") {
  CHECK(outcome(Evidence{}, "2026-11-22") == "unknown unmeasured");
  Evidence denied;
  denied.device.os = no_fact<OsRelease>({ErrorKind::denied, ""}, "/etc/os-release", day("2026-11-22"));
  CHECK(outcome(denied, "2026-11-22") == "unknown unmeasured");
}

}  // namespace gokajo::tests
