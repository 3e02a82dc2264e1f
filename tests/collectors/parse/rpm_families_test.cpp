#include <doctest/doctest.h>

#include "collectors/parse/dnf.h"
#include "collectors/parse/pacman.h"
#include "collectors/parse/rpm.h"
#include "collectors/parse/zypper.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace collectors::parse;

TEST_CASE("dnf check-update: rows, epochs and modules; what is obsoleted is no row") {
  const auto alma = dnf_offers(test_data("dnf/check-update-alma8.txt"));
  REQUIRE(alma);
  REQUIRE(alma->size() == 8);
  CHECK((*alma)[0].name == "NetworkManager");
  CHECK((*alma)[0].evr == "1:1.30.0-10.el8_4");
  CHECK((*alma)[4].evr == "2:2.167.0-1.module_el8.4.0+2535+b6fd1bdf");
  CHECK((*alma)[4].repository == "appstream");
  const auto obsoletes = dnf_offers(test_data("dnf/check-update-obsoletes.txt"));
  REQUIRE(obsoletes);
  CHECK(obsoletes->size() == 2);
  CHECK_FALSE(dnf_offers("hana.noarch 1.1-1\n"));
  CHECK_FALSE(dnf_offers("エラー が おきました\n"));
}

TEST_CASE("dnf upgrade --assumeno: the table, also where a long name breaks its columns") {
  const auto table = dnf_transaction(test_data("dnf/upgrade-assumeno.txt"));
  REQUIRE(table);
  CHECK(table->changes.size() == 2);
  REQUIRE(table->installs.size() == 1);
  CHECK(table->installs[0].name == "momo-with-a-name-that-is-long-enough-to-break-the-columns-of-the-table-and-more");
  REQUIRE(table->skipped.size() == 1);
  CHECK(table->skipped[0].name == "ume");
  const auto obsoletes = dnf_transaction(test_data("dnf/upgrade-assumeno-obsoletes.txt"));
  REQUIRE(obsoletes);
  REQUIRE(obsoletes->removals.size() == 1);
  CHECK(obsoletes->removals[0].name == "sora");
}

TEST_CASE("dnf upgrade --assumeno: a refusal or half a table is no transaction") {
  CHECK_FALSE(dnf_transaction(test_data("dnf/upgrade-assumeno-best.txt")));
  CHECK_FALSE(dnf_transaction(""));
  auto half = test_data("dnf/upgrade-assumeno.txt");
  CHECK_FALSE(dnf_transaction(half.substr(0, half.size() / 2)));
  const auto nothing = dnf_transaction("Dependencies resolved.\nNothing to do.\nComplete!\n");
  REQUIRE(nothing);
  CHECK(nothing->changes.empty());
}

TEST_CASE("advisories: dnf 4, yum and dnf 5, and their dates") {
  const auto rhel = dnf_advisories(test_data("dnf/updateinfo-list-rhel7.txt"));
  REQUIRE(rhel);
  REQUIRE(rhel->size() == 3);
  CHECK((*rhel)[0].id == "RHSA-2014:1031");
  CHECK((*rhel)[0].name == "389-ds-base");
  CHECK((*rhel)[0].evr == "1.3.1.6-26.el7_0");
  const auto fedora = dnf5_advisories(test_data("dnf/advisory-list-dnf5.json"));
  REQUIRE(fedora);
  REQUIRE(fedora->size() == 1);
  CHECK((*fedora)[0].name == "kernel-core");
  CHECK((*fedora)[0].updated == platform::parse_time("2026-05-27T16:06:31Z"));
  CHECK_FALSE(dnf5_advisories("{"));
  CHECK_FALSE(dnf_advisories("Error: something else\n"));
  CHECK(dnf_advisory_dates(test_data("dnf/updateinfo-info.txt")).at("TEST-2026:0001") == platform::parse_time("2026-10-20"));
}

TEST_CASE("zypper: offers, needed security patches with their dates, and what would be done") {
  const auto offers = zypper_offers(test_data("zypper/list-updates-all.xml"));
  REQUIRE(offers);
  CHECK(offers->size() == 3);
  CHECK((*offers)[0].installed == "1.0-1");
  const auto patches = zypper_security_patches(test_data("zypper/list-patches.xml"));
  REQUIRE(patches);
  REQUIRE(patches->size() == 1);
  CHECK((*patches)[0].issued == platform::parse_time("2026-10-20"));
  const auto table = zypper_transaction(test_data("zypper/update-dry-run.xml"));
  REQUIRE(table);
  CHECK(table->changes.size() == 2);
  CHECK(table->installs.size() == 2);
  CHECK(table->removals.size() == 1);
}

TEST_CASE("zypper: an error, another form and a nest without end are no answer") {
  const std::string error =
      "<?xml version='1.0'?>\n<stream>\n<message type=\"error\">Root privileges are required to run this command.</message>\n</stream>\n";
  CHECK_FALSE(zypper_offers(error));
  CHECK_FALSE(zypper_transaction(error));
  CHECK_FALSE(zypper_offers("Loading repository data...\n"));
  std::string deep = "<stream>";
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  CHECK_FALSE(zypper_offers(deep));
}

TEST_CASE("zypper: a patch names the packages below whose version its fix is missing; sources are none") {
  const auto fixes = zypper_fixes(test_data("zypper/info-patch.txt"));
  REQUIRE(fixes.size() == 1);
  CHECK(fixes[0].patch == "TEST-2026:0001");
  CHECK(fixes[0].package == "hana");
  CHECK(fixes[0].fixed_in == "1.1-1");
  const auto sles = zypper_fixes(test_data("zypper/conflicts-sles15.txt"));
  REQUIRE(sles.size() == 8);
  CHECK(sles[1].package == "libzypp");
  CHECK(sles[1].architecture == "x86_64");
  CHECK(sles[6].architecture.empty());
}

TEST_CASE("zypper: locks are patterns") {
  CHECK(zypper_locks(test_data("zypper/locks-none.xml"))->empty());
  CHECK(matches_glob("kernel-*", "kernel-default"));
  CHECK(matches_glob("h?na", "hana"));
  CHECK_FALSE(matches_glob("hana", "hanako"));
  CHECK(matches_glob("*", "*hana"));
}

TEST_CASE("pacman -Qu: ignored packages are told apart") {
  const auto upgrades = pacman_upgrades(test_data("pacman/Qu.txt"));
  REQUIRE(upgrades);
  REQUIRE(upgrades->size() == 3);
  CHECK((*upgrades)[1].ignored);
  CHECK_FALSE((*upgrades)[0].ignored);
  CHECK(pacman_packages(test_data("pacman/Sup.txt"))->size() == 3);
  CHECK_FALSE(pacman_upgrades("warning: database file for 'core' does not exist\n"));
}

TEST_CASE("repomd.xml: the newest time it holds, and whether it has advisories") {
  const auto index = repository_index(
      "<repomd xmlns=\"x\"><revision>1790000000</revision><data type=\"primary\"><timestamp>1790000100</timestamp></data>"
      "<data type=\"updateinfo\"><timestamp>1790000050</timestamp></data></repomd>");
  REQUIRE(index);
  CHECK(index->made == platform::Time{std::chrono::seconds{1790000100}});
  CHECK(index->has_advisories);
  CHECK_FALSE(repository_index("<html>captive portal</html>"));
  CHECK_FALSE(repository_index("<repomd><revision>2.0</revision></repomd>")->made);
}

TEST_CASE("package names with versions, and the list of rpm") {
  const auto hana = nevra("hana-lib-1:1.1-1.el9.noarch");
  REQUIRE(hana);
  CHECK(hana->name == "hana-lib");
  CHECK(hana->evr == "1:1.1-1.el9");
  CHECK_FALSE(nevra("hana"));
  const auto packages = rpm_packages("gpg-pubkey\t(none)\t1-2\t(none)\t1\nhana\tnoarch\t1.0-1\tAlmaLinux\t1790000000\n");
  REQUIRE(packages);
  CHECK(packages->size() == 1);
  CHECK_FALSE(rpm_packages("error: cannot open Packages database\n"));
}

TEST_CASE("repository files lose passwords, proxies, keys and credentials in addresses") {
  const auto reduced = platform::find_reducer("package_repositories")(
      "[office]\nname=Office\nbaseurl=https://tanaka:planted1@mirror.example/el9/?token=planted2\n\thttps://sato:planted3@other.example/"
      "\nusername=tanaka\npassword=planted4\n"
      "proxy=http://p:planted5@proxy:3128\nproxy_password=planted6\nsslclientkey=/etc/pki/planted7.pem\nenabled = 0\nexclude=kernel*\n  "
      "hana\n");
  REQUIRE(reduced);
  CHECK(reduced->find("planted") == std::string::npos);
  CHECK(reduced->find("tanaka") == std::string::npos);
  const auto read = sections(*reduced);
  REQUIRE(read.size() == 1);
  CHECK(read[0].id == "office");
  CHECK_FALSE(is_on(read[0], "enabled", true));
  CHECK(read[0].values.at("baseurl").starts_with("https://mirror.example/el9/"));
  CHECK(read[0].values.at("exclude").starts_with("kernel*"));
}

// dnf.conf(5): baseurl is a list of URLs, between blanks or commas; excludepkgs a list of patterns, which may hold "?".
TEST_CASE("every address of a list loses its credentials and queries, and patterns keep their question marks") {
  struct Row {
    const char* text;
    const char* expected;
  };
  const Row rows[] = {
      {"baseurl=https://a.example/ https://u:planted@b.example/\n", "baseurl=https://a.example/ https://b.example/\n"},
      {"baseurl=https://a.example/, https://u:planted@b.example/\n", "baseurl=https://a.example/, https://b.example/\n"},
      {"baseurl=https://a.example/?t=planted,planted https://b.example/?t=planted\n", "baseurl=https://a.example/ https://b.example/\n"},
      {"baseurl=https://a.example/?t=planted,https://b.example/os#planted\n", "baseurl=https://a.example/,https://b.example/os\n"},
      {"baseurl=https://u:pla,nted@a.example/\n", "baseurl=https://a.example/\n"},
      {"excludepkgs=hana?\n  kernel-?.?\n", "excludepkgs=hana?\n kernel-?.?\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto reduced = platform::find_reducer("package_repositories")(row.text);
    REQUIRE(reduced);
    CHECK(*reduced == row.expected);
  }
}

}  // namespace gokajo::tests
