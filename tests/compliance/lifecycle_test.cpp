#include "compliance/lifecycle.h"

#include <doctest/doctest.h>

#include "platform/embedded.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

OsRelease os(const std::string& id, const std::string& version, const std::string& name = "") {
  OsRelease release;
  release.id = id;
  release.version_id = version;
  release.name = name;
  return release;
}

std::string table() {
  for (const auto& file : embedded::data())
    if (file.name == "lifecycle.json") return std::string(file.text);
  return {};
}

std::string name_of(const FoundRelease& found) { return found.row ? found.row->name : ""; }

}  // namespace

TEST_CASE("a release is found by its version or the leading part before a dot") {
  const auto& table = built_in_lifecycle();
  CHECK(name_of(find_release(table, os("linuxmint", "22.3", "Linux Mint"))) == "Linux Mint 22.x");
  CHECK(name_of(find_release(table, os("rhel", "9.4"))) == "Red Hat Enterprise Linux 9");
  CHECK(name_of(find_release(table, os("debian", "12"))) == "Debian 12");
  CHECK(name_of(find_release(table, os("ubuntu", "24.04"))) == "Ubuntu 24.04 LTS");
  CHECK(name_of(find_release(table, os("opensuse-leap", "15.6"))) == "openSUSE Leap 15.6");
  CHECK(find_release(table, os("opensuse-leap", "15")).row == nullptr);
  CHECK(find_release(table, os("debian", "1")).row == nullptr);
}

TEST_CASE("editions that share a version are told apart by NAME") {
  const auto& table = built_in_lifecycle();
  CHECK(name_of(find_release(table, os("centos", "8", "CentOS Linux"))) == "CentOS Linux 8");
  CHECK(name_of(find_release(table, os("centos", "8", "CentOS Stream"))) == "CentOS Stream 8");
  CHECK(name_of(find_release(table, os("centos", "9", "CentOS Stream"))) == "CentOS Stream 9");
  CHECK(name_of(find_release(table, os("linuxmint", "6", "LMDE"))) == "LMDE 6");
  CHECK(find_release(table, os("linuxmint", "22", "LMDE")).row == nullptr);
}

TEST_CASE("above every row is newer than the table; without a row at all nothing is said") {
  const auto& table = built_in_lifecycle();
  CHECK(find_release(table, os("fedora", "45")).newer_than_table);
  CHECK(find_release(table, os("debian", "14")).newer_than_table);
  CHECK_FALSE(find_release(table, os("ubuntu", "13.04")).newer_than_table);
  CHECK_FALSE(find_release(table, os("officelinux", "3")).newer_than_table);
  CHECK_FALSE(find_release(table, os("debian", "")).newer_than_table);
}

TEST_CASE("releases are compared as numbers part by part") {
  CHECK(compare_releases("9.10", "9.9") > 0);
  CHECK(compare_releases("24.04", "24.10") < 0);
  CHECK(compare_releases("010", "10") == 0);
  CHECK(compare_releases("15", "15.6") < 0);
}

TEST_CASE("a damaged table is refused with the place and what was expected") {
  struct Row {
    const char* from;
    const char* to;
    const char* place;
  };
  const Row rows[] = {
      {"\"gokajo-lifecycle/1\"", "\"gokajo-lifecycle/9\"", "format"},
      {"\"source\": \"S1\"", "\"source\": \"S99\"", "no such source"},
      {"\"condition\": \"third-party\"", "\"condition\": \"wishes\"", "no such condition"},
      {"\"free_until\": \"2018-06-17\"", "\"free_until\": \"2018-13-17\"", "free_until"},
      {"\"free_until\": \"2018-06-17\"", "\"free_until\": \"2021-06-17\"", "after the free one"},
      {"\"release\": \"9\"", "\"release\": \"8\"", "stands twice"},
      {"\"policies\"", "\"guesses\"", "policies"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.to);
    auto text = table();
    const auto at = text.find(row.from);
    REQUIRE(at != std::string::npos);
    text.replace(at, std::string(row.from).size(), row.to);
    const auto read = read_lifecycle(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == platform::ErrorKind::malformed);
    CHECK(read.error().detail.find(row.place) != std::string::npos);
  }
}

TEST_CASE("software is found by the same rule") {
  const auto& table = built_in_lifecycle();
  REQUIRE(find_software(table, "firefox-esr", "140.3.0"));
  CHECK(find_software(table, "firefox-esr", "140.3.0")->release == "140");
  CHECK(find_software(table, "firefox-esr", "14.0") == nullptr);
  REQUIRE(find_policy(table, "google-chrome"));
  CHECK(find_policy(table, "google-chrome")->policy == "newest-only");
}

}  // namespace gokajo::tests
