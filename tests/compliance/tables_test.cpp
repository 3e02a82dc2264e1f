#include "compliance/tables.h"

#include <doctest/doctest.h>

#include "compliance/judge.h"
#include "platform/embedded.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;
using platform::ErrorKind;

namespace {

std::string built_in(std::string_view name) {
  for (const auto& file : embedded::data())
    if (file.name == name) return std::string(file.text);
  return {};
}

std::string levels_text(const std::string& version, const std::string& source = "S") {
  return R"({"format": "gokajo-windows-levels/1", "version": ")" + version +
         R"(", "about": {}, "builds": [{"build": 26200, "levels": [{"level": 9100, "day": "2026-11-10", "kind": "B", "source": ")" +
         source + R"("}]}]})";
}

TableFile levels(const std::string& version) {
  auto read = read_table(levels_text(version));
  REQUIRE_MESSAGE(read, read.error().detail);
  return *read;
}

Time day(const char* text) { return *platform::parse_time(std::string(text) + "T00:00:00Z"); }

// Windows 11 25H2 with a level that no table compiled in can know.
Evidence new_level() {
  Evidence evidence;
  WindowsRelease windows;
  windows.kind = WindowsKind::workstation;
  windows.edition = "Professional";
  windows.build = 26200;
  windows.level = 9100;
  evidence.device.windows = fact(windows, "registry", day("2026-11-26"));
  System system;
  system.family = OsFamily::windows;
  evidence.device.system = fact(system, "registry", day("2026-11-26"));
  return evidence;
}

Verdict verdict_on(const Evidence& evidence, const Pack& pack, const char* check, Time now) {
  for (const auto& one : judge(evidence, pack, {}, {}, now).findings)
    if (one.finding.check == check) return one.finding.verdict;
  FAIL(check);
  return Verdict::fail;
}

}  // namespace

TEST_CASE("each table is read by its format, under its id") {
  const auto lifecycle = read_table(built_in("lifecycle.json"));
  REQUIRE_MESSAGE(lifecycle, lifecycle.error().detail);
  CHECK(lifecycle->id == kLifecycleTable);
  CHECK(lifecycle->version == built_in_table_version(kLifecycleTable));
  const auto windows = read_table(built_in("windows_levels.json"));
  REQUIRE_MESSAGE(windows, windows.error().detail);
  CHECK(windows->id == kWindowsLevelsTable);
  CHECK(windows->version == built_in_table_version(kWindowsLevelsTable));
  CHECK(built_in_table_version("holidays").empty());
}

TEST_CASE("a table that cannot be used is refused with its place") {
  const auto refused = [](const std::string& text) {
    const auto read = read_table(text);
    REQUIRE_FALSE(read);
    return read.error().detail;
  };
  CHECK(refused(R"({"format": "gokajo-holidays/1"})").find("format") != std::string::npos);
  CHECK(refused("[]").find("format") != std::string::npos);
  CHECK(refused(levels_text("today")).find("version") != std::string::npos);
  CHECK(refused(levels_text("2026.12.1", R"(\u001b[2J)")).find("source") != std::string::npos);
  CHECK(refused("{").size() > 0);
  const auto large = read_table(std::string(kMaxTableBytes + 1, ' '));
  REQUIRE_FALSE(large);
  CHECK(large.error().kind == ErrorKind::too_large);
}

TEST_CASE("a judging goes by its pack's tables, and by nobody else's") {
  const auto evidence = new_level();
  auto pack = *built_in_pack("5kajo");
  const auto now = day("2026-11-26");
  CHECK(verdict_on(evidence, pack, "updates.security-installed", now) == Verdict::unknown);
  auto later = pack;
  later.tables.put(levels("2026.12.1"));
  CHECK(verdict_on(evidence, later, "updates.security-installed", now) == Verdict::pass);
  // A month on that level is late.
  CHECK(verdict_on(evidence, later, "updates.security-installed", day("2026-12-24")) == Verdict::fail);
  CHECK(verdict_on(evidence, pack, "updates.security-installed", now) == Verdict::unknown);
  CHECK(&tables_in_use().windows_levels() == &built_in_windows_levels());
}

TEST_CASE("one table put in place leaves the others") {
  Tables tables;
  tables.put(levels("2026.12.1"));
  CHECK(&tables.lifecycle() == &built_in_lifecycle());
  CHECK(tables.windows_levels().version == "2026.12.1");
  {
    const TablesInUse use(tables);
    CHECK(tables_in_use().windows_levels().version == "2026.12.1");
    const Tables none;
    const TablesInUse inner(none);
    CHECK(&tables_in_use().windows_levels() == &built_in_windows_levels());
  }
  CHECK(&tables_in_use().windows_levels() == &built_in_windows_levels());
}

}  // namespace gokajo::tests
