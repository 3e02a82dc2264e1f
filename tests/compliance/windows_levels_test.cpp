#include "compliance/windows_levels.h"

#include <doctest/doctest.h>

#include "compliance/lifecycle.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

WindowsRelease windows(WindowsKind kind, const std::string& edition, std::int64_t build) {
  WindowsRelease release;
  release.kind = kind;
  release.edition = edition;
  release.build = build;
  return release;
}

std::string row(std::int64_t level, const std::string& day, const std::string& kind) {
  return R"({"level": )" + std::to_string(level) + R"(, "day": ")" + day + R"(", "kind": ")" + kind + R"(", "source": "S"})";
}

std::string table(const std::string& rows, const std::string& format = "gokajo-windows-levels/1") {
  return R"({"format": ")" + format + R"(", "version": "1", "about": {}, "builds": [{"build": 1, "levels": [)" + rows + "]}]}";
}

Time day(const char* text) { return platform::parse_time(std::string(text) + "T00:00:00Z").value(); }

// A table with a gap: no row for February and March.
WindowsBuild with_gap() {
  auto read = read_windows_levels(table(row(100, "2026-01-13", "B") + "," + row(120, "2026-01-20", "preview") + "," +
                                        row(300, "2026-04-10", "hotpatch") + "," + row(400, "2026-04-14", "B")));
  REQUIRE_MESSAGE(read, read.error().detail);
  return read->builds.front();
}

std::string name_of(const WindowsRelease& release) {
  const auto found = find_windows(built_in_lifecycle(), release);
  return found.row ? found.row->name : found.newer_than_table ? "newer" : "";
}

}  // namespace

TEST_CASE("the second Tuesday behind a day") {
  CHECK(second_tuesday_after(day("2026-10-13")) == day("2026-11-10"));
  CHECK(second_tuesday_after(day("2026-10-12")) == day("2026-10-13"));
  CHECK(second_tuesday_after(day("2026-12-08")) == day("2027-01-12"));
  CHECK(second_tuesday_after(day("2026-09-22")) == day("2026-10-13"));
}

TEST_CASE("a known level gives one day, any other is bounded by its neighbours") {
  const auto build = with_gap();
  CHECK(next_fix(build, 100, false).latest == day("2026-02-11"));
  CHECK(next_fix(build, 120, false).earliest == day("2026-02-11"));
  // January's or a later one: the first above it came out in February at the earliest and is April's at the latest.
  CHECK(next_fix(build, 200, false).earliest == day("2026-02-11"));
  CHECK(next_fix(build, 200, false).latest == day("2026-04-15"));
  CHECK_FALSE(next_fix(build, 50, false).earliest);
  CHECK(next_fix(build, 50, false).latest == day("2026-01-14"));
  CHECK(next_fix(build, 500, false).earliest == day("2026-05-13"));
  CHECK_FALSE(next_fix(build, 500, false).latest);
}

TEST_CASE("a hotpatch counts as one only where the PC may have it") {
  const auto build = with_gap();
  CHECK(next_fix(build, 300, true).latest == day("2026-04-15"));
  CHECK(next_fix(build, 300, false).latest == day("2026-04-15"));
  CHECK(next_fix(build, 300, false).earliest == day("2026-02-11"));
  // It may be a hotpatch nobody listed, which is as good as a level above it.
  CHECK_FALSE(next_fix(build, 200, true).latest);
  CHECK_FALSE(next_fix(build, 200, std::nullopt).latest);
  CHECK(next_fix(build, 400, std::nullopt).latest == day("2026-05-13"));
}

TEST_CASE("a table that is not what it says is refused") {
  CHECK_FALSE(read_windows_levels(table(row(1, "2026-01-13", "B"), "gokajo-windows-levels/2")));
  CHECK_FALSE(read_windows_levels(table(row(1, "2026-01-14", "B"))));
  CHECK_FALSE(read_windows_levels(table(row(1, "2026-01-13", "C"))));
  CHECK_FALSE(read_windows_levels(table(row(2, "2026-01-13", "B") + "," + row(1, "2026-02-10", "B"))));
  CHECK_FALSE(read_windows_levels(table("")));
  CHECK(read_windows_levels(table(row(1, "2026-01-13", "B"))));
}

TEST_CASE("the table compiled in tells clients and servers of one build apart") {
  const auto& levels = built_in_windows_levels();
  const auto* client = find_levels(levels, windows(WindowsKind::workstation, "Professional", 26100));
  const auto* server = find_levels(levels, windows(WindowsKind::server, "ServerStandard", 26100));
  REQUIRE(client);
  REQUIRE(server);
  CHECK(client != server);
  CHECK(find_levels(levels, windows(WindowsKind::workstation, "Professional", 29591)) == nullptr);
}

TEST_CASE("a Windows is found by kind, family of editions and build") {
  CHECK(name_of(windows(WindowsKind::workstation, "Professional", 26100)) == "Windows 11 24H2 (Home, Pro)");
  CHECK(name_of(windows(WindowsKind::workstation, "EnterpriseS", 26100)) == "Windows 11 Enterprise LTSC 24H2");
  CHECK(name_of(windows(WindowsKind::server, "ServerStandard", 26100)) == "Windows Server 2025");
  CHECK(name_of(windows(WindowsKind::workstation, "IoTEnterpriseS", 19044)) == "Windows 10 IoT Enterprise LTSC 21H2");
  CHECK(name_of(windows(WindowsKind::workstation, "CoreSingleLanguage", 26200)) == "Windows 11 25H2 (Home, Pro)");
  CHECK(name_of(windows(WindowsKind::server, "ServerDatacenterACor", 17763)).empty());
  CHECK(name_of(windows(WindowsKind::workstation, "", 26200)).empty());
  CHECK(name_of(windows(WindowsKind::workstation, "Professional", 29591)) == "newer");
}

}  // namespace gokajo::tests
