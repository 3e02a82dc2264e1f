#include "collectors/apt_fix_dates.h"

#include <random>

#include <doctest/doctest.h>

#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace collectors;
using compliance::PendingUpdate, compliance::Tristate;
using platform::parse_time;

namespace {

// hana 1.0 lacks the fix 1.1, known since the index of 21 November.
struct Case {
  FakeHost host;
  platform::PackageOffer offer{"hana", "amd64", "1.0", "hana", false, {{"1.1", "amd64", 100, {0}}, {"1.2", "amd64", 100, {0}}}, {}};
  PendingUpdate update;
  std::vector<AptRun> history;

  Case() {
    update.name = "hana";
    update.architecture = "amd64";
    update.installed = "1.0";
    update.offered = "1.2";
    update.first_fix = "1.1";
    update.security = Tristate::yes;
    update.fix_not_after = parse_time("2026-11-21");
    update.fix_dated_by = "index";
  }
  const PendingUpdate& dated() {
    date_fix(host, offer, history, update);
    return update;
  }
  void sibling(const std::string& version, const char* installed, const std::string& changelog) {
    offer.siblings = {{"hana-doc", "all", version}};
    touched("/var/lib/dpkg/info/hana-doc.list", installed);
    if (!changelog.empty()) host.file("/usr/share/doc/hana-doc/changelog.Debian.gz", changelog, "debian_changelog");
  }
  void touched(const std::string& path, const char* changed) {
    platform::FileStatus status;
    status.type = platform::FileType::regular;
    status.changed = *parse_time(changed);
    host.answers(platform::StatFile{.path = path}, platform::Reply{platform::FileStatusReply{status}});
  }
  void downloaded(const std::string& file, const std::string& made, const char* changed, const char* modified) {
    platform::FileContents head;
    head.bytes.data = made;
    head.status.type = platform::FileType::regular;
    head.status.changed = *parse_time(changed);
    head.status.modified = *parse_time(modified);
    host.answers(platform::ReadFile{.path = "/var/cache/apt/archives/" + file, .reducer = "deb_made", .prefix_bytes = 68},
                 platform::Reply{std::move(head)});
  }
};

const char* const kChangelog =
    "1.2\tThu, 19 Nov 2026 09:00:00 +0900\n1.1\tTue, 10 Nov 2026 09:00:00 +0900\n1.0\tThu, 01 Oct 2026 09:00:00 +0900\n";

std::string reduced(const char* reducer, std::string_view bytes) {
  const auto reduce = platform::find_reducer(reducer);
  REQUIRE((reduce != nullptr));
  const auto out = reduce(bytes);
  return out ? *out : "";
}

}  // namespace

TEST_CASE("a package of the same source that has the fix tells when it was made, and that it was out when that was installed") {
  Case one;
  SUBCASE("the fix itself") { one.sibling("1.1", "2026-11-12", std::string(kChangelog).substr(36)); }
  SUBCASE("a later version made from it") { one.sibling("1.2", "2026-11-12", kChangelog); }
  CHECK(one.dated().fix_not_before == parse_time("2026-11-10"));
  CHECK(one.update.fix_not_after == parse_time("2026-11-12"));
  CHECK(one.update.fix_dated_by == "index; /usr/share/doc/hana-doc; /usr/share/doc/hana-doc");
}

TEST_CASE("a sibling that does not surely hold the fix dates nothing") {
  Case one;
  SUBCASE("its changelog does not name the fix: of another line of versions") {
    one.sibling("2.0", "2026-11-12", "2.0\tTue, 10 Nov 2026 09:00:00 +0900\n");
  }
  SUBCASE("older than the fix, whatever its changelog says") { one.sibling("1.0+x", "2026-11-12", kChangelog); }
  SUBCASE("a later version without a changelog") { one.sibling("1.2", "2026-11-12", ""); }
  SUBCASE("nobody looked") { one.offer.siblings.reset(); }
  CHECK_FALSE(one.dated().fix_not_before);
  CHECK(one.update.fix_not_after == parse_time("2026-11-21"));
  CHECK(one.update.fix_dated_by == "index");
}

TEST_CASE("a sibling of exactly the fix's version needs no changelog to have been here") {
  Case one;
  one.sibling("1.1", "2026-11-12", "");
  CHECK_FALSE(one.dated().fix_not_before);
  CHECK(one.update.fix_not_after == parse_time("2026-11-12"));
}

TEST_CASE("a downloaded fix was made before it was out, and out before it was here; the server's time says neither") {
  Case one;
  SUBCASE("by its name") { one.downloaded("hana_1.1_amd64.deb", "2026-11-10T00:00:00Z\n", "2026-11-13", "2026-10-01"); }
  SUBCASE("an epoch is quoted as apt does it, the architecture is the offered one") {
    one.update.first_fix = one.offer.newer[0].version = "1:1.1~x+y";
    one.offer.newer[0].architecture = "all";
    one.downloaded("hana_1%3a1.1~x+y_all.deb", "2026-11-10T00:00:00Z\n", "2026-11-13", "2027-01-01");
  }
  CHECK(one.dated().fix_not_before == parse_time("2026-11-10"));
  CHECK(one.update.fix_not_after == parse_time("2026-11-13"));
}

TEST_CASE("a downloaded package of another version, or whose head says nothing, dates nothing") {
  Case one;
  SUBCASE("a later version") { one.downloaded("hana_1.2_amd64.deb", "2026-11-10T00:00:00Z\n", "2026-11-13", "2026-11-11"); }
  SUBCASE("no time in it") { one.downloaded("hana_1.1_amd64.deb", "", "2026-11-13", "2026-11-11"); }
  SUBCASE("a version that leads elsewhere") {
    one.update.first_fix = one.offer.newer[0].version = "../x";
    one.downloaded("hana_../x_amd64.deb", "2026-11-10T00:00:00Z\n", "2026-11-13", "2026-11-11");
  }
  CHECK_FALSE(one.dated().fix_not_before);
  CHECK(one.update.fix_not_after == parse_time("2026-11-21"));
}

TEST_CASE("an archive that is not the distribution's may make a version anew: its packages bound only from above") {
  Case one;
  one.update.security = Tristate::unknown;
  one.sibling("1.1", "2026-11-14", kChangelog);
  one.downloaded("hana_1.1_amd64.deb", "2026-11-12T00:00:00Z\n", "2026-11-13", "2026-11-11");
  CHECK_FALSE(one.dated().fix_not_before);
  CHECK(one.update.fix_not_after == parse_time("2026-11-13"));
}

TEST_CASE("a clock that stood before the fix was made bounds nothing") {
  Case one;
  one.sibling("1.1", "2000-01-01", kChangelog);
  one.downloaded("hana_1.1_amd64.deb", "2026-11-10T00:00:00Z\n", "1970-01-02", "2026-11-11");
  one.history = {{"hana", "1.1", *parse_time("2000-01-02")}};
  CHECK(one.dated().fix_not_before == parse_time("2026-11-10"));
  CHECK(one.update.fix_not_after == parse_time("2026-11-21"));
}

TEST_CASE("a run of apt that named the fix proves that it was out, for this package or a sibling; others' versions prove nothing") {
  Case one;
  one.offer.siblings = {{"hana-doc", "all", "1.2"}};
  one.history = {{"kaki", "1.1", *parse_time("2026-10-01")}, {"hana", "1.2", *parse_time("2026-10-01")}};
  SUBCASE("of others") { CHECK(one.dated().fix_not_after == parse_time("2026-11-21")); }
  SUBCASE("its own, the earliest counts") {
    one.history.push_back({"hana", "1.1", *parse_time("2026-11-13")});
    one.history.push_back({"hana", "1.1", *parse_time("2026-11-11")});
    CHECK(one.dated().fix_not_after == parse_time("2026-11-11"));
    CHECK(one.update.fix_dated_by == "index; /var/log/apt/history.log");
  }
  SUBCASE("a sibling's") {
    one.history.push_back({"hana-doc", "1.1", *parse_time("2026-11-12")});
    CHECK(one.dated().fix_not_after == parse_time("2026-11-12"));
  }
}

TEST_CASE("apt's history leaves its reducer as days, packages and versions: no command line, no person, no time of day") {
  const auto out = reduced("apt_history", test_data("apt/history.log"));
  CHECK(out ==
        "2026-11-25\thana\t1.0\n2026-11-25\thana-doc\t1.0\n2026-11-25\thana\t1.0\n2026-11-25\thana\t1.1\n2026-11-25\thana-doc\t1.0\n"
        "2026-11-25\thana-doc\t1.1\n2026-11-25\thana-doc\t1.1\n2026-11-25\thana-doc\t1.0\n2026-11-25\thana-doc\t1.0\n");
  const auto runs = parse_apt_history(out);
  REQUIRE(runs.size() == 9);
  // The end of the 25th at UTC-12.
  CHECK(runs[3].no_later_than == parse_time("2026-11-26T12:00:00Z"));
}

TEST_CASE("older parts of the history are read too, packed or not, and what is missing or broken is left out") {
  FakeHost host;
  host.file("/var/log/apt/history.log", "2026-11-20\thana\t1.1\n", "apt_history");
  host.file("/var/log/apt/history.log.1.gz", "2026-10-20\thana\t1.0\n", "apt_history");
  host.file("/var/log/apt/history.log.2", "2026-09-20\tkaki\t1.0\nnot a day\tx\ty\n2026-09-20\tkaki\n", "apt_history");
  host.unreadable("/var/log/apt/history.log.3.gz", platform::ErrorKind::malformed, "apt_history");
  const auto runs = read_apt_history(host);
  REQUIRE(runs.size() == 3);
  CHECK(runs[2].package == "kaki");
  CHECK(read_apt_history(FakeHost{}).empty());
}

TEST_CASE("a history of any bytes and any length stays in bounds, the newest last") {
  std::string text;
  for (int day = 0; day < 600; ++day) {
    text += "Start-Date: 2026-0" + std::to_string(1 + day % 9) + "-11  10:00:00\nUpgrade: ";
    for (int i = 0; i < 10; ++i) text += "p" + std::to_string(day) + ":amd64 (1, 2), ";
    text += "\n";
  }
  const auto out = reduced("apt_history", text);
  CHECK(std::count(out.begin(), out.end(), '\n') == 5000);
  CHECK(out.ends_with("\tp599\t2\n"));
  CHECK(reduced("apt_history", "Install: hana (1)\nStart-Date: gestern\nInstall: hana (1)\n").empty());
  std::mt19937 random(11);
  const char* pieces[] = {"Start-Date: ", "2026-11-20", "\n", "Install: ", "Upgrade: ", "a",  ":",
                          " (",           ")",          ", ", "1.0",       "\xFF",      "\t", "Commandline: "};
  for (int i = 0; i < 2000; ++i) {
    std::string bytes;
    for (int n = 0; n < 40; ++n) bytes += pieces[random() % std::size(pieces)];
    for (const auto& run : parse_apt_history(reduced("apt_history", bytes))) {
      CHECK(run.package.find_first_of(" \t\xFF") == std::string::npos);
      CHECK_FALSE(run.version.empty());
    }
  }
}

// deb(5); the first 68 bytes of bubblewrap_0.8.0-2+deb12u1_amd64.deb, whose changelog says Wed, 14 Aug 2024 10:04:08 +0100.
TEST_CASE("a package's head leaves its reducer as the time it was made") {
  CHECK(reduced("deb_made", "!<arch>\ndebian-binary   1723626248  0     0     100644  4         `\n2.0\n") == "2024-08-14T09:04:08Z\n");
  for (const char* bytes :
       {"", "!<arch>\n", "!<arch>\ndebian-binary   ", "!<arch>\ndebian-binary   x           0", "!<arch>\ndebian-binary   0           0",
        "!<arch>\ndebian-binary   -5          0", "!<arch>\ncontrol.tar     1723626248  0", "PK\x03\x04"})
    CHECK(reduced("deb_made", bytes).empty());
}

}  // namespace gokajo::tests
