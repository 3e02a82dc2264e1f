#include <fstream>
#include <random>

#include <doctest/doctest.h>

#include "platform/host.h"
#include "platform/json_form.h"
#include "platform/native_host.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace platform;

namespace {

Result<std::string> wtmp(std::string_view bytes) { return find_reducer("wtmp_days")(bytes); }
Result<std::string> boots(std::string_view bytes) { return find_reducer("boot_days")(bytes); }

void put(std::string& record, std::size_t at, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; ++i) record[at + i] = static_cast<char>(value >> (8 * i));
}

// A struct utmp of glibc on arm64: as tests/data/power has it of x86, with a session and a time of 64 bits (bits/utmp.h).
std::string arm64_record(int type, const char* user, std::uint64_t seconds) {
  std::string record(400, '\0');
  put(record, 0, static_cast<std::uint64_t>(type), 2);
  record.replace(8, 1, "~");
  record.replace(44, std::string_view(user).size(), user);
  put(record, 344, seconds, 8);
  put(record, 352, 999999, 8);
  return record;
}

std::string x86_record(int type, std::uint64_t seconds) {
  std::string record(384, '\0');
  put(record, 0, static_cast<std::uint64_t>(type), 2);
  put(record, 340, seconds, 4);
  return record;
}

std::uint64_t at(const char* time) { return static_cast<std::uint64_t>(parse_time(time)->time_since_epoch().count()); }

}  // namespace

TEST_CASE("records of starts and shutdowns become days, as tests/data/power says of each") {
  const auto sources = parse_json(test_data("power/SOURCES.json"), 1 << 20);
  REQUIRE(sources);
  int read = 0;
  for (const auto& [name, said] : sources->items()) {
    if (!said.contains("events")) continue;
    CAPTURE(name);
    std::string expected;
    for (const auto& event : said["events"]) expected += event.get<std::string>() + "\n";
    const auto bytes = test_data("power/" + name);
    const auto reduced = name.ends_with(".json") ? boots(bytes) : wtmp(bytes);
    REQUIRE(reduced);
    CHECK(*reduced == expected);
    ++read;
  }
  CHECK(read == 10);
}

TEST_CASE("no name, terminal, kernel, boot id or clock time leaves a record of starts") {
  const auto bytes = test_data("power/off-nine-days.wtmp");
  REQUIRE(bytes.find("yamada") != std::string::npos);
  for (const auto& reduced : {*wtmp(bytes), *boots(test_data("power/boots.json"))}) {
    for (const char* part : {"yamada", ":", "amd64", "0b17", "1794183000"}) CHECK(reduced.find(part) == std::string::npos);
    CHECK(reduced.find_first_not_of("botseendwn 0123456789-\n") == std::string::npos);
  }
}

TEST_CASE("the time of a person's last login does not leave by the file's own times") {
  const TemporaryDirectory place;
  const auto path = place.path() + "/wtmp";
  std::ofstream(path, std::ios::binary) << test_data("power/off-nine-days.wtmp");
  const auto seen = ask(*native_host(), ReadFile{.path = path, .reducer = "wtmp_days"});
  REQUIRE(seen);
  CHECK(seen->status.modified == std::chrono::floor<Days>(seen->status.modified));
  CHECK(seen->status.changed == std::chrono::floor<Days>(seen->status.changed));
  CHECK(seen->bytes.data == *wtmp(test_data("power/off-nine-days.wtmp")));
}

TEST_CASE("wtmp of arm64 is read as well") {
  const auto bytes = arm64_record(2, "reboot", at("2026-11-09T00:02:00Z")) + arm64_record(7, "yamada", at("2026-11-09T00:05:00Z")) +
                     arm64_record(1, "shutdown", at("2026-11-09T15:10:00Z"));
  REQUIRE(wtmp(bytes));
  CHECK(*wtmp(bytes) == "boot 2026-11-09\nseen 2026-11-09\ndown 2026-11-10\n");  // 15:10 UTC is the next day in Japan
}

TEST_CASE("a last record cut short is passed over; what is no file of records is refused") {
  const auto bytes = test_data("power/off-nine-days.wtmp");
  const auto whole = *wtmp(bytes);
  CHECK(*wtmp(bytes + bytes.substr(0, 100)) == whole);
  CHECK(*wtmp(bytes.substr(0, bytes.size() - 1)) == whole);  // the run of the 23rd ends with the record before
  CHECK(*wtmp("") == "");
  CHECK_FALSE(wtmp("short"));
  CHECK_FALSE(wtmp(std::string(384 * 25, 'x')));
  CHECK_FALSE(wtmp(std::string(384 * 25, '\0')));
  CHECK_FALSE(wtmp(bytes.substr(7)));
  CHECK_FALSE(wtmp(x86_record(2, at("2026-11-09T00:02:00Z")) + std::string(384, 'x')));
}

TEST_CASE("what stands before lost records or a clock that was set is dropped") {
  const auto before = x86_record(2, at("2026-11-09T00:02:00Z")), after = x86_record(2, at("2026-11-12T00:02:00Z"));
  CHECK(*wtmp(before + after) == "boot 2026-11-09\nboot 2026-11-12\n");
  CHECK(*wtmp(before + std::string(384, '\0') + after) == "boot 2026-11-12\n");
  for (const int type : {3, 4}) CHECK(*wtmp(before + x86_record(type, at("2026-11-10T00:00:00Z")) + after) == "boot 2026-11-12\n");
}

TEST_CASE("no more than the last sixty days leave a record, however long it is") {
  std::string bytes;
  for (std::uint64_t day = 0; day < 400; ++day) bytes += x86_record(2, at("2025-11-09T00:02:00Z") + day * 86400);
  const auto reduced = *wtmp(bytes);
  CHECK(std::count(reduced.begin(), reduced.end(), '\n') == 61);
  CHECK(reduced.starts_with("boot 2026-10-14\n"));
  CHECK(reduced.ends_with("boot 2026-12-13\n"));
  // Days that jump to and fro are not sorted away, and stay within a bound too.
  bytes.clear();
  for (std::uint64_t i = 0; i < 5000; ++i) bytes += x86_record(2, at("2026-11-09T00:02:00Z") + (i % 2) * 86400);
  const auto restless = *wtmp(bytes);
  CHECK(std::count(restless.begin(), restless.end(), '\n') == 1000);
}

TEST_CASE("a list of boots is taken as JSON of its documented form only") {
  CHECK(*boots("") == "");
  CHECK(*boots("[]\n") == "");
  for (const char* bad :
       {"{}", "[1]", "[{}]", R"([{"first_entry":1}])", R"([{"first_entry":null,"last_entry":1794183000000000}])",
        R"([{"first_entry":"1794183000000000","last_entry":1794183000000000}])", R"([{"first_entry":-5,"last_entry":1794183000000000}])",
        R"([{"first_entry":18446744073709551615,"last_entry":1794183000000000}])", "[", "No journal files were found."})
    CHECK_FALSE(boots(bad));
  CHECK_FALSE(boots(test_data("power/boots-table.txt")));
}

TEST_CASE("random bytes and random damage end in days or an error") {
  std::mt19937_64 numbers(20261126);
  const auto record = test_data("power/off-nine-days.wtmp"), list = test_data("power/boots.json");
  for (int run = 0; run < 3000; ++run) {
    auto damaged = run % 2 == 0 ? record : list;
    for (auto flips = 1 + numbers() % 40; flips > 0; --flips) damaged[numbers() % damaged.size()] = static_cast<char>(numbers());
    damaged.resize(numbers() % (damaged.size() + 1));
    for (const auto& reduced : {wtmp(damaged), boots(damaged)})
      if (reduced) CHECK(reduced->find_first_not_of("botseendwn 0123456789-\n") == std::string::npos);
  }
}

}  // namespace gokajo::tests
