#include <doctest/doctest.h>

#include "collectors/device.h"
#include "collectors/software.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace collectors;
using compliance::SoftwareOrigin;

namespace {

const std::vector<std::string> kQuery = {"-W", "-f", R"(${Package}\t${Version}\t${db:Status-Status}\t${Maintainer}\n)"};

compliance::Device debian(FakeHost& host) {
  host.file("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
  return collect_device_linux(host);
}

}  // namespace

TEST_CASE("packages of interest by name, version and maker") {
  struct Row {
    const char* name;
    const char* version;
    const char* maker;
    const char* expected;  // product version, or nothing
    SoftwareOrigin origin;
  };
  const Row rows[] = {
      {"firefox-esr", "140.3.0esr-1~deb12u1", "Maintainers of Mozilla-related packages <team+pkg-mozilla@tracker.debian.org>",
       "firefox-esr 140.3.0esr", SoftwareOrigin::distribution},
      {"firefox", "153.0.1~build1", "Mike Hommey <mhommey@mozilla.com>", "firefox 153.0.1", SoftwareOrigin::vendor},
      {"firefox", "1:1snap1-0ubuntu5", "Ubuntu Mozilla Team <ubuntu-mozillateam@lists.ubuntu.com>", "", SoftwareOrigin::unknown},
      {"google-chrome-stable", "158.0.7444.59-1", "Chrome Linux Team <chromium-dev@chromium.org>", "google-chrome 158.0.7444.59",
       SoftwareOrigin::vendor},
      {"libobasis24.8-core", "24.8.7.2-2", "The Document Foundation <info@documentfoundation.org>", "libreoffice 24.8.7.2",
       SoftwareOrigin::vendor},
      {"libreoffice-core", "1:24.8.7.2-1.fc41", "Fedora Project", "libreoffice 24.8.7.2", SoftwareOrigin::distribution},
      {"temurin-17-jdk", "17.0.9.0.0+9-0", "Eclipse Adoptium Package Maintainers <temurin-dev@eclipse.org>", "eclipse-temurin 17.0.9.0.0",
       SoftwareOrigin::vendor},
      {"dotnet-runtime-8.0", "8.0.11-1", ".NET Core Team <dotnetpackages@dotnetfoundation.org>", "dotnet 8.0.11", SoftwareOrigin::unknown},
      {"dotnet-runtime-deps-8.0", "8.0.11-1", "", "", SoftwareOrigin::unknown},
      {"firefox-esr-l10n-ja", "140.3.0esr-1", "", "", SoftwareOrigin::unknown},
      {"libreoffice-core-nogui", "4:7.4.7", "", "", SoftwareOrigin::unknown},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto copy = software_of_package(row.name, row.version, row.maker);
    CHECK((copy ? copy->product + " " + copy->version : "") == row.expected);
    if (copy) CHECK(copy->origin == row.origin);
  }
}

TEST_CASE("removed packages are not installed, and an unreadable database says nothing") {
  FakeHost host;
  const auto device = debian(host);
  host.prints(
      "dpkg-query", kQuery,
      "google-chrome-stable\t150.0.1-1\tconfig-files\tChrome Linux Team <chromium-dev@chromium.org>\nbash\t5.2\tinstalled\tDebian\n");
  auto software = collect_software_linux(host, device);
  REQUIRE(software);
  CHECK(software->looked_through == 1);
  CHECK(software->copies.empty());
  host.fails("dpkg-query", kQuery, platform::ErrorKind::timed_out);
  CHECK(collect_software_linux(host, device).absent == platform::ErrorKind::timed_out);
  host.prints("dpkg-query", kQuery, "", 2, "error");
  CHECK(collect_software_linux(host, device).absent == platform::ErrorKind::failed);
  host.prints("dpkg-query", kQuery, "one column\n");
  CHECK(collect_software_linux(host, device).absent == platform::ErrorKind::malformed);
}

TEST_CASE("snaps: versions, when they were refreshed, what is held, and a daemon that is silent") {
  FakeHost host;
  const auto device = debian(host);
  host.prints("dpkg-query", kQuery, "bash\t5.2\tinstalled\tDebian\n");
  const std::vector<std::string> list = {"list", "--color=never", "--unicode=never"};
  host.prints("snap", list,
              "Name Version Rev Tracking Publisher Notes\nfirefox 155.0-1 5437 latest/stable mozilla** -\nchromium 158.0 2900 "
              "latest/stable canonical** held\n");
  host.prints("snap", {"refresh", "--time", "--abs-time"},
              "timer: 00:00~24:00/4\nlast: 2026-11-21T10:16:00Z\nnext: 2026-11-22T16:00:00Z\n");
  auto software = collect_software_linux(host, device);
  REQUIRE(software);
  REQUIRE(software->copies.size() == 2);
  CHECK(software->copies[0].version == "155.0");
  CHECK(software->copies[0].origin == SoftwareOrigin::store);
  CHECK(software->copies[0].brought_up == platform::parse_time("2026-11-21"));
  CHECK_FALSE(software->copies[1].brought_up);
  host.prints("snap", {"refresh", "--time", "--abs-time"},
              "timer: 00:00~24:00/4\nlast: 2026-11-21T10:16:00Z\nhold: 2027-01-01T00:00:00Z\n");
  CHECK_FALSE(collect_software_linux(host, device)->copies[0].brought_up);
  host.fails("snap", list, platform::ErrorKind::timed_out);
  host.file("/run/snapd.socket", "");
  CHECK(collect_software_linux(host, device)->silent == std::vector<std::string>{"snap"});
}

TEST_CASE("a tarball of Firefox names its version, and the ESR by the repository it was built from") {
  FakeHost host;
  const auto device = debian(host);
  host.prints("dpkg-query", kQuery, "bash\t5.2\tinstalled\tDebian\n");
  platform::FileStatus folder;
  folder.type = platform::FileType::directory;
  host.answers(platform::ListDirectory{.path = "/opt"}, platform::Reply{platform::Directory{{{"firefox", folder}}}});
  host.file("/opt/firefox/application.ini",
            "[App]\nVendor=Mozilla\nName=Firefox\nVersion=128.5.0\nSourceRepository=https://hg.mozilla.org/releases/mozilla-esr128\n");
  const auto software = collect_software_linux(host, device);
  REQUIRE(software);
  REQUIRE(software->copies.size() == 1);
  CHECK(software->copies[0].product == "firefox-esr");
  CHECK(software->copies[0].origin == SoftwareOrigin::vendor);
  CHECK(software->copies[0].found_as == "/opt/firefox/application.ini");
}

}  // namespace gokajo::tests
