#include "collectors/apt_archives.h"

#include <random>

#include <doctest/doctest.h>

#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace collectors;
using compliance::SourceState, compliance::Tristate;

namespace {

constexpr const char* kSecurityRelease =
    "Origin: Debian\nLabel: Debian-Security\nSuite: oldstable-security\nCodename: bookworm-security\nDate: Sat, 21 Nov 2026 18:00:00 "
    "UTC\nValid-Until: Sat, 28 Nov 2026 18:00:00 UTC\n";

// Debian 12 with main and security, both fetched.
FakeHost debian() {
  FakeHost host;
  host.file("/etc/apt/sources.list",
            "deb http://deb.debian.org/debian bookworm main\ndeb http://deb.debian.org/debian-security bookworm-security main\n",
            "apt_sources");
  const std::string main = "deb.debian.org_debian_dists_bookworm_", security = "deb.debian.org_debian-security_dists_bookworm-security_";
  host.directory("/var/lib/apt/lists", {main + "InRelease", main + "main_binary-amd64_Packages", security + "InRelease",
                                        security + "main_binary-amd64_Packages.lz4", "lock", "partial"});
  host.file("/var/lib/apt/lists/" + main + "InRelease", "Origin: Debian\nLabel: Debian\nSuite: oldstable\nCodename: bookworm\n",
            "apt_release");
  host.file("/var/lib/apt/lists/" + security + "InRelease", kSecurityRelease, "apt_release");
  return host;
}

compliance::Fact<compliance::OsRelease> os(const std::string& codename) {
  compliance::OsRelease release;
  release.id = "debian";
  release.version_id = "12";
  release.codename = codename;
  return compliance::fact(release, "/etc/os-release", compliance::Time{});
}

compliance::Fact<compliance::UpdateSources> sources(const FakeHost& host, const std::string& codename = "bookworm") {
  return apt_sources_fact(collect_apt_archives(host), os(codename), host.now);
}

}  // namespace

TEST_CASE("entries of sources.list and of deb822 files are read as sources.list(5) says") {
  const auto list = parse_apt_list(
      "# deb http://off.example/ x main\n"
      "deb [ arch=amd64 signed-by=/k.gpg ] http://a.example/debian bookworm main contrib # why\n"
      "deb-src http://a.example/debian bookworm main\n"
      "deb cdrom:[Debian GNU/Linux 12 _Bookworm_ - Official]/ bookworm main\n"
      "deb http://flat.example/repo ./\n"
      "deb broken\n");
  REQUIRE(list.size() == 3);
  CHECK(list[0].uri == "http://a.example/debian");
  CHECK(list[0].components == std::vector<std::string>{"main", "contrib"});
  CHECK(list[1].uri == "cdrom:");
  CHECK(list[2].suite == "./");

  const auto deb822 = parse_apt_deb822(
      "Types: deb deb-src\nURIs: http://a.example/debian\n http://b.example/debian\nSuites: noble noble-updates\nComponents: main\n"
      "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n\n"
      "# Types: deb\n\nEnabled: no\nTypes: deb\nURIs: http://c.example/\nSuites: stable\nComponents: main\n\nTypes: deb-src\nURIs: "
      "http://d.example/\nSuites: x\n");
  REQUIRE(deb822.size() == 5);
  CHECK(deb822[3].uri == "http://b.example/debian");
  CHECK(deb822[3].suite == "noble-updates");
  CHECK(deb822[0].enabled);
  CHECK_FALSE(deb822[4].enabled);
}

// The names were taken from /var/lib/apt/lists as apt 2.6.1 wrote them for these lines; the quoting is that of apt's URItoFileName.
TEST_CASE("the files of an archive are named as apt names them") {
  CHECK(apt_list_prefix({"http://deb.debian.org/debian-security", "bookworm-security", {}, true}) ==
        "deb.debian.org_debian-security_dists_bookworm-security_");
  CHECK(apt_list_prefix({"file:/srv/debian", "bookworm", {}, true}) == "_srv_debian_dists_bookworm_");
  CHECK(apt_list_prefix({"http://127.0.0.1:8000/debian/", "bookworm", {}, true}) == "127.0.0.1:8000_debian_dists_bookworm_");
  CHECK(apt_list_prefix({"https://deb.nodesource.com/node_20.x", "nodistro", {}, true}) ==
        "deb.nodesource.com_node%5f20.x_dists_nodistro_");
  CHECK(apt_list_prefix({"https://user:word@ppa.example/x", "./", {}, true}) == "ppa.example_x_._");
}

TEST_CASE("fetched sources are ok with the date their publisher gave them") {
  const auto found = sources(debian());
  REQUIRE(found);
  CHECK(found->security_lacking.empty());
  REQUIRE(found->sources.size() == 2);
  CHECK(found->sources[0].security == Tristate::no);
  CHECK(found->sources[1].security == Tristate::yes);
  CHECK(found->sources[1].state == SourceState::ok);
  CHECK(found->sources[1].content_date == platform::parse_time("2026-11-21T18:00:00Z"));
}

TEST_CASE("a source that no index was ever fetched of is told, and so is one whose time is over") {
  auto host = debian();
  host.directory("/var/lib/apt/lists", {"deb.debian.org_debian-security_dists_bookworm-security_InRelease",
                                        "deb.debian.org_debian-security_dists_bookworm-security_main_binary-amd64_Packages"});
  CHECK(sources(host)->sources[0].state == SourceState::never_fetched);
  host.now = *platform::parse_time("2026-12-01T00:00:00Z");
  CHECK(sources(host)->sources[1].state == SourceState::expired);
}

TEST_CASE("a release whose archive of fixes no enabled source names lacks it") {
  auto host = debian();
  CHECK(sources(host, "trixie")->security_lacking == std::vector<std::string>{"trixie-security"});
  host.file("/etc/apt/sources.list", "deb http://deb.debian.org/debian bookworm main\n", "apt_sources");
  CHECK(sources(host)->security_lacking == std::vector<std::string>{"bookworm-security"});
  host.directory("/etc/apt/sources.list.d", {"debian.sources"});
  host.file("/etc/apt/sources.list.d/debian.sources",
            "Types: deb\nURIs: http://deb.debian.org/debian-security\nSuites: bookworm-security\nComponents: main\nEnabled: no\n",
            "apt_sources");
  CHECK(sources(host)->security_lacking == std::vector<std::string>{"bookworm-security"});
}

TEST_CASE("sources that may not be read are no empty list of sources") {
  auto host = debian();
  host.unreadable("/etc/apt/sources.list", platform::ErrorKind::denied, "apt_sources");
  const auto found = sources(host);
  CHECK_FALSE(found);
  CHECK(found.absent == platform::ErrorKind::denied);
}

// Suites and labels: Release files of Debian 12 (fetched 2026-11), Ubuntu's of documentation.ubuntu.com/security (pockets), esm.ubuntu.com.
TEST_CASE("the archives of security fixes are known by suite, codename or label, third parties' are not told") {
  const auto kind = [](const char* suite, const char* origin, const char* label, const char* release_suite) {
    return is_security_archive({"http://x.example", suite, {}, true}, {origin, label, release_suite, "", false, false, {}, {}});
  };
  CHECK(kind("bookworm-security", "Debian", "Debian-Security", "oldstable-security") == Tristate::yes);
  CHECK(kind("noble-security", "Ubuntu", "Ubuntu", "noble-security") == Tristate::yes);
  CHECK(kind("focal-infra-security", "UbuntuESM", "UbuntuESM", "focal-infra-security") == Tristate::yes);
  CHECK(kind("focal-apps-updates", "UbuntuESMApps", "UbuntuESMApps", "focal-apps-updates") == Tristate::no);
  CHECK(kind("bookworm-updates", "Debian", "Debian", "oldstable-updates") == Tristate::no);
  CHECK(kind("sid", "Debian", "Debian", "unstable") == Tristate::unknown);
  CHECK(kind("stable", "Google LLC", "Google", "stable") == Tristate::unknown);
}

TEST_CASE("users, passwords and comments never leave the reducer of apt's sources") {
  const auto reduce = platform::find_reducer("apt_sources");
  REQUIRE((reduce != nullptr));
  for (const char* text : {"deb https://user:GEHEIM@ppa.example/x stable main # GEHEIM\n", "# GEHEIM\ndeb http://a/ b c\n",
                           "URIs: https://GEHEIM@esm.example/ubuntu http://u:GE@HEIM@b.example/\n", "deb [signed-by=/k] https://a:GEHEIM@b",
                           "//GEHEIM:GEHEIM@x//y:GEHEIM@z"}) {
    const auto out = reduce(text);
    REQUIRE(out);
    CAPTURE(*out);
    CHECK(out->find("GEHEIM") == std::string::npos);
    CHECK(out->find("HEIM") == std::string::npos);
  }
  CHECK(*reduce("deb https://u:p@ppa.example/x stable main\n") == "deb https://ppa.example/x stable main\n");
}

TEST_CASE("parsers of apt's files take any bytes") {
  std::mt19937 random(3);
  const char* pieces[] = {"deb ", "[",    "]", "cdrom:",   "Types: ", "URIs:",  "Suites:", "deb", "http://a/",
                          "\n",   "\n\n", " ", "\xFF\x80", "#",       "Date: ", "Sat, 99", "/"};
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (int n = 0; n < 40; ++n) text += pieces[std::uniform_int_distribution<std::size_t>(0, std::size(pieces) - 1)(random)];
    for (const auto& source : parse_apt_list(text)) CHECK_FALSE(apt_list_prefix(source).find('/') != std::string::npos);
    for (const auto& source : parse_apt_deb822(text)) CHECK_FALSE(apt_list_prefix(source).find('/') != std::string::npos);
    parse_apt_release(text);
  }
}

}  // namespace gokajo::tests
