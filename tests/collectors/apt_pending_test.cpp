#include "collectors/apt_pending.h"

#include <random>

#include <doctest/doctest.h>

#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace collectors;
using compliance::PendingState, compliance::Tristate, compliance::SourceState;

namespace {

AptArchive archive(const char* suite, const char* date, Tristate security, const char* list) {
  AptArchive found;
  found.source = {"http://x.example", suite, {"main"}, true};
  found.release.codename = suite;
  found.release.date = platform::parse_time(date);
  found.state = SourceState::ok;
  found.security = security;
  found.lists = {list};
  return found;
}

AptArchives three() {
  return {{archive("bookworm", "2026-07-11", Tristate::no, "main"), archive("bookworm-security", "2026-11-21", Tristate::yes, "security"),
           archive("stable", "2026-11-20", Tristate::unknown, "other")},
          "/var/lib/apt/lists",
          {}};
}

const std::vector<std::string> kSimulate = {
    "-s", "-q", "-o", "Dir::Log::Planner=", "-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=", "dist-upgrade"};

// With the line apt closes a simulation with (apt 2.6.1, apt-private/private-output.cc, Stats).
std::string whole(const std::string& steps) {
  std::size_t installs = 0;
  for (auto at = steps.find("Inst "); at != std::string::npos; at = steps.find("Inst ", at + 1)) ++installs;
  return steps + std::to_string(installs) + " upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n";
}

struct Pc {
  FakeHost host;
  platform::PackageOffers offers;
  Pc() {
    offers.installed_count = 3;
    offers.native = "amd64";
  }
  compliance::Fact<compliance::PendingUpdates> pending() {
    host.answers(platform::ListPackageOffers{.lists = {"main", "security", "other"}}, platform::Reply{offers});
    return collect_apt_pending(host, three());
  }
};

platform::PackageOffer hana(std::vector<platform::OfferedVersion> newer, bool held = false) {
  return {"hana", "amd64", "1.0", "hana", held, std::move(newer)};
}

}  // namespace

// After apt-get(8) of apt 2.6.1, "-s": Inst and Remv lines; the words around them are in the user's language (typed here in Japanese).
TEST_CASE("only Inst and Remv lines of a simulation are read, whatever language the rest is in") {
  const auto steps = parse_apt_simulation(
      "パッケージリストを読み込んでいます...\n以下のパッケージは保留されます:\n  kaki\n"
      "Inst hana [1.0] (1.1 Debian:12.15/oldstable, Debian-Security:12/oldstable-security [amd64]) []\n"
      "Inst lib:i386 [1.0] (1:1.1-1 Debian:12.15/oldstable [i386]) [kaki:amd64 ]\n"
      "Inst new (2.0 Debian:12.15/oldstable [all])\n"
      "Remv momo [1.0]\nConf hana (1.1 Debian:12.15/oldstable [amd64])\nInst broken [1.0]\nRemv\nInst \n",
      "amd64");
  REQUIRE(steps.size() == 4);
  CHECK(steps[0].offered == "1.1");
  CHECK(steps[1].architecture == "i386");
  CHECK(steps[1].offered == "1:1.1-1");
  CHECK(steps[2].installed.empty());
  CHECK(steps[2].architecture == "all");
  CHECK(steps[3].offered.empty());
}

TEST_CASE("what Ubuntu defers by phasing is no step, and is told as phased when nothing else explains it") {
  const auto printed = test_data("apt/ubuntu-24.04-phased.txt");
  const auto steps = parse_apt_simulation(printed, "amd64");
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].name == "libdrm-common");
  CHECK(steps[0].architecture == "all");
  CHECK(steps[1].offered == "2.4.122-1~ubuntu0.24.04.1");

  Pc pc;
  pc.offers.offers = {{"libdrm2", "amd64", "2.4.120-2build1", "libdrm", false, {{"2.4.122-1~ubuntu0.24.04.1", "amd64", 100, {0}}}},
                      {"udev", "amd64", "255.4-1ubuntu8.4", "systemd", false, {{"255.4-1ubuntu8.5", "amd64", 30, {0}}}}};
  pc.host.prints("apt-get", kSimulate, printed);
  const auto pending = pc.pending();
  REQUIRE(pending);
  CHECK(pending->updates.back().name == "udev");
  CHECK(pending->updates.back().state == PendingState::phased);
  CHECK(pending->updates.back().security == Tristate::no);
}

TEST_CASE("the candidate of apt-cache policy is read by its place") {
  const auto found = parse_apt_policy(
      "hana:\n  インストールされているバージョン: 1.0\n  候補:               1.1\n  バージョンテーブル:\n     1.1 500\nlib:i386:\n  "
      "Installed: 2\n  Candidate: (none)\n");
  REQUIRE(found.size() == 2);
  CHECK(found[0] == std::pair<std::string, std::string>{"hana", "1.1"});
  CHECK(found[1] == std::pair<std::string, std::string>{"lib:i386", "(none)"});
}

namespace {
const std::vector<std::string> kPlainConfiguration = {"shell",
                                                      "RELEASE",
                                                      "APT::Default-Release",
                                                      "REMOVE",
                                                      "APT::Get::AutomaticRemove",
                                                      "PHASED",
                                                      "APT::Get::Never-Include-Phased-Updates",
                                                      "SUGGESTS",
                                                      "APT::Install-Suggests"};
}

TEST_CASE("where every package can take its newest version and nothing else changes, apt itself need not be asked") {
  Pc pc;
  pc.offers.plain = true;
  pc.host.prints("apt-config", kPlainConfiguration, "SUGGESTS='0'\nPHASED='false'\n");
  REQUIRE(pc.pending());
  CHECK(pc.pending()->updates.empty());
  pc.offers.offers = {hana({{"1.1", "amd64", 100, {1}}})};
  REQUIRE(pc.pending());
  CHECK(pc.pending()->updates[0].offered == "1.1");
  // Each of these may let apt do something else, so apt must be asked, and here it does not answer.
  auto held = pc, phased = pc, stuck = pc, configured = pc, pinned = pc, back = pc;
  held.offers.offers[0].held = true;
  phased.offers.offers[0].newer[0].phased_percent = 50;
  stuck.offers.plain = false;
  configured.host.prints("apt-config", kPlainConfiguration, "RELEASE='bookworm'\n");
  pinned.host.file("/etc/apt/preferences", "Package: hana\nPin: release a=x\nPin-Priority: 600\n");
  back.host.file("/etc/apt/preferences", "Package: kaki\nPin: version 1\nPin-Priority: 1001\n");
  for (auto* other : {&held, &phased, &stuck, &configured, &pinned, &back})
    CHECK(other->pending().absent == platform::ErrorKind::not_found);
  pc.host.file("/etc/apt/preferences", "Explanation: why\nPackage: kaki nashi\nPin: origin x.example\nPin-Priority: 600\n");
  CHECK(pc.pending());
}

TEST_CASE("pins that name more than other packages are left to apt") {
  const platform::PackageOffers none;
  CHECK(pins_touch_nothing("", none));
  CHECK(pins_touch_nothing("# x\nPackage: kaki\nPin: release a=x\nPin-Priority: -1\n", none));
  for (const char* text : {"Package: *\nPin: release a=x\nPin-Priority: 100\n", "Package: /ka/\n", "Package: src:kaki\n",
                           "Package: kaki:any\n", "Package: ka?i\n", "Pin-Priority: 1000\n", "Pin-Priority: x\n", "odd\n"})
    CHECK_FALSE(pins_touch_nothing(text, none));
}

TEST_CASE("a fix below a point release is a fix, and was out when that release was made") {
  Pc pc;
  pc.offers.offers = {hana({{"1.1", "amd64", 100, {1}}, {"1.2", "amd64", 100, {0}}})};
  pc.host.prints("apt-get", kSimulate, whole("Inst hana [1.0] (1.2 Debian:12.15/oldstable [amd64])\n"));
  const auto pending = pc.pending();
  REQUIRE(pending);
  REQUIRE(pending->updates.size() == 1);
  const auto& update = pending->updates[0];
  CHECK(update.security == Tristate::yes);
  CHECK(update.first_fix == "1.1");
  CHECK(update.fix_not_after == platform::parse_time("2026-07-11"));
  CHECK(update.state == PendingState::install);
}

TEST_CASE("another archive's newer version does not date a fix it has nothing to do with") {
  Pc pc;
  pc.offers.offers = {hana({{"1.1", "amd64", 100, {1}}, {"9.0", "amd64", 100, {2}}})};
  pc.host.prints("apt-get", kSimulate, whole("Inst hana [1.0] (9.0 X:1/stable [amd64])\n"));
  CHECK(pc.pending()->updates[0].fix_not_after == platform::parse_time("2026-11-21"));
}

TEST_CASE("what is no whole simulation is malformed, whatever it is and however apt ended") {
  for (const char* text : {"", "\xFF\xFE garbage", "<html>Sign in</html>\n", "Reading package lists...\nBuilding dependency tree...\n",
                           "Inst hana [1.0] (1.2 X:1/stable [amd64])\n",
                           "2 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\nInst hana [1.0] (1.2 X:1/stable [amd64])\n"}) {
    CAPTURE(text);
    Pc pc;
    pc.offers.offers = {hana({{"1.1", "amd64", 100, {1}}})};
    pc.host.prints("apt-get", kSimulate, text);
    const auto pending = pc.pending();
    REQUIRE_FALSE(pending);
    CHECK(pending.absent == platform::ErrorKind::malformed);
  }
}

TEST_CASE("a held fix is told as held, one that apt prefers not to take as pinned, one that cannot come as kept back") {
  Pc pc;
  pc.offers.offers = {hana({{"1.1", "amd64", 100, {1}}}, true),
                      {"kaki", "all", "1.0", "kaki", false, {{"1.1", "all", 100, {1}}}},
                      {"momo", "amd64", "1.0", "momo", false, {{"1.1", "amd64", 100, {1}}}},
                      {"nashi", "amd64", "1.0", "nashi", false, {{"1.1", "amd64", 20, {0}}}}};
  pc.host.prints("apt-get", kSimulate, whole(""));
  pc.host.prints("apt-cache", {"-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=", "policy", "--", "kaki", "momo:amd64"},
                 "kaki:\n  Installed: 1.0\n  Candidate: 1.0\nmomo:\n  Installed: 1.0\n  Candidate: 1.1\n");
  const auto pending = pc.pending();
  REQUIRE(pending);
  REQUIRE(pending->updates.size() == 4);
  CHECK(pending->updates[0].state == PendingState::held);
  CHECK(pending->updates[1].state == PendingState::pinned);
  CHECK(pending->updates[2].state == PendingState::kept_back);
  CHECK(pending->updates[3].state == PendingState::phased);
}

TEST_CASE("the changelog of the installed version dates the fix from below, and only if it is that version's") {
  Pc pc;
  pc.offers.offers = {hana({{"1.1", "amd64", 100, {1}}})};
  pc.host.prints("apt-get", kSimulate, whole("Inst hana [1.0] (1.1 Debian-Security:12/oldstable-security [amd64])\n"));
  pc.host.file("/var/lib/dpkg/info/hana.list", "");
  pc.host.file("/usr/share/doc/hana/changelog.Debian.gz", "1.0\tFri, 20 Nov 2026 09:00:00 +0900\n", "debian_changelog");
  CHECK(pc.pending()->updates[0].fix_not_before == platform::parse_time("2026-11-20T00:00:00Z"));
  CHECK(pc.pending()->updates[0].installed_at == pc.host.now);
  pc.host.file("/usr/share/doc/hana/changelog.Debian.gz", "0.9\tFri, 20 Nov 2026 09:00:00 +0900\n", "debian_changelog");
  CHECK_FALSE(pc.pending()->updates[0].fix_not_before);
}

TEST_CASE("no answer, an answer that failed or an empty package database is no list without updates") {
  Pc pc;
  pc.offers.offers = {hana({{"1.1", "amd64", 100, {1}}})};
  CHECK(pc.pending().absent == platform::ErrorKind::not_found);
  pc.host.prints("apt-get", kSimulate, "", 100, "E: broken\n");
  CHECK(pc.pending().absent == platform::ErrorKind::failed);
  pc.host.fails("apt-get", kSimulate, platform::ErrorKind::timed_out);
  CHECK(pc.pending().absent == platform::ErrorKind::timed_out);
  pc.offers = {};
  CHECK(pc.pending().absent == platform::ErrorKind::malformed);
  CHECK_FALSE(collect_apt_pending(pc.host, platform::Error{platform::ErrorKind::denied, ""}));
}

TEST_CASE("a changelog leaves its reducer as versions and dates only") {
  FakeHost host;
  const auto reduce = platform::find_reducer("debian_changelog");
  REQUIRE((reduce != nullptr));
  const auto out = reduce(
      "hana (1.1) unstable; urgency=medium\n\n  * Fix (CVE-2026-1).\n\n -- Sato <sato@example.org>  Sat, 21 Nov 2026 10:00:00 "
      "+0900\n\nhana (1.0) x; urgency=low\n\n -- Sato <s@e>  Fri, 20 Nov 2026 10:00:00 +0900\n");
  REQUIRE(out);
  CHECK(*out == "1.1\tSat, 21 Nov 2026 10:00:00 +0900\n1.0\tFri, 20 Nov 2026 10:00:00 +0900\n");
}

TEST_CASE("apt's printed lines may be any bytes") {
  std::mt19937 random(5);
  const char* pieces[] = {"Inst ", "Remv ", "a", ":", " [", "]", " (", ")", "1.0", "\n", "\xFF", "  ", ": "};
  for (int i = 0; i < 500; ++i) {
    std::string text;
    for (int n = 0; n < 40; ++n) text += pieces[std::uniform_int_distribution<std::size_t>(0, std::size(pieces) - 1)(random)];
    for (const auto& step : parse_apt_simulation(text, "amd64")) CHECK_FALSE(step.name.empty());
    parse_apt_policy(text);
  }
}

}  // namespace gokajo::tests
