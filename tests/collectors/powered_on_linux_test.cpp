#include <random>

#include <doctest/doctest.h>

#include "collectors/powered_on.h"
#include "platform/json_form.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace collectors;
using compliance::Device, compliance::PoweredOn, compliance::Surroundings, compliance::System;
using platform::ErrorKind, platform::Time;

namespace {

const std::vector<std::string> kListBoots = {"--list-boots", "-o", "json", "--no-pager", "-q"};

Time at(const std::string& time) { return *platform::parse_time(time); }

std::vector<std::string> text(const std::vector<Time>& days) {
  std::vector<std::string> out;
  for (const auto day : days) out.push_back(platform::format_time(day));
  return out;
}

std::vector<std::string> midnights(const std::vector<std::string>& days) {
  std::vector<std::string> out;
  for (const auto& day : days) out.push_back(day + "T00:00:00Z");
  return out;
}

std::string reduced(const char* reducer, const std::string& file) { return *platform::find_reducer(reducer)(test_data("power/" + file)); }

struct Pc {
  FakeHost host;
  Device device;

  // Japan's noon of `today`, started that morning.
  explicit Pc(const std::string& today) {
    host.now = at(today + "T03:00:00Z");
    device.surroundings = compliance::fact(Surroundings{}, "/proc/sys/kernel/osrelease", host.now);
    device.system = compliance::fact(System{}, "", host.now);
    device.system->elevated = true;
    device.system->booted = at(today + "T00:01:00Z");
  }
  Pc& wtmp(const std::string& file) {
    host.file("/var/log/wtmp", reduced("wtmp_days", file), "wtmp_days");
    return *this;
  }
  Pc& boots(std::string out, int exit_code = 0) {
    host.answers(platform::RunHelper{.helper = "journalctl", .arguments = kListBoots, .reducer = "boot_days"},
                 platform::Reply{platform::HelperOutput{exit_code, {std::move(out)}, {}}});
    return *this;
  }
  compliance::Fact<PoweredOn> days() const { return collect_powered_on_linux(host, device); }
};

std::optional<PoweredOn> days_of(const char* lines, const std::string& booted, const std::string& today) {
  const auto events = parse::parse_power_events(lines);
  REQUIRE(events);
  const auto day = [](const std::string& text) { return std::chrono::floor<platform::Days>(at(text)); };
  return days_powered_on(*events, day(booted), day(today));
}

}  // namespace

TEST_CASE("the days a PC was on, as tests/data/power says of each record") {
  const auto sources = platform::parse_json(test_data("power/SOURCES.json"), 1 << 20);
  REQUIRE(sources);
  int read = 0;
  for (const auto& [name, said] : sources->items()) {
    if (!said.contains("today")) continue;
    CAPTURE(name);
    Pc pc(said["today"].get<std::string>());
    if (name == "never-off.wtmp") pc.device.system->booted = at("2026-11-09T00:02:10Z");
    if (name.ends_with(".json"))
      pc.boots(reduced("boot_days", name));
    else
      pc.wtmp(name);
    if (name == "rotated.wtmp") pc.host.file("/var/log/wtmp.1", reduced("wtmp_days", "rotated-1.wtmp"), "wtmp_days");
    const auto fact = pc.days();
    REQUIRE_MESSAGE(fact, fact.detail);
    CHECK(platform::format_time(fact->first_day) == said["first_day"].get<std::string>() + "T00:00:00Z");
    CHECK(text(fact->days) == midnights(said["on"].get<std::vector<std::string>>()));
    CHECK(text(fact->unsure) == midnights(said["unsure"].get<std::vector<std::string>>()));
    CHECK(fact.source.find(name.ends_with(".json") ? "--list-boots" : "/var/log/wtmp") != std::string::npos);
    ++read;
  }
  CHECK(read == 9);
}

TEST_CASE("an old wtmp that nobody writes any more proves nothing; the journal is asked instead") {
  Pc pc("2026-11-22");  // a Debian 12 made a Debian 13: wtmp ends on the 18th, the running start is of the 22nd
  pc.wtmp("power-cut.wtmp");
  CHECK(pc.days().absent == ErrorKind::not_found);
  pc.boots(reduced("boot_days", "boots.json"));
  const auto fact = pc.days();
  REQUIRE(fact);
  CHECK(fact.source.find("journalctl") != std::string::npos);
  CHECK(fact->days.size() == 6);
}

TEST_CASE("a missing, empty or unreadable wtmp leaves it to the journal, and the journal's silence leaves it unknown") {
  Pc pc("2026-11-22");
  CHECK(pc.days().absent == ErrorKind::not_found);
  pc.boots("", 1);  // no journal files were found
  CHECK(pc.days().absent == ErrorKind::not_found);
  pc.boots(reduced("boot_days", "boots.json"));
  CHECK(pc.days());
  pc.host.file("/var/log/wtmp", "", "wtmp_days");
  CHECK(pc.days());
  pc.host.unreadable("/var/log/wtmp", ErrorKind::too_large, "wtmp_days");
  CHECK(pc.days());
  pc.boots("", 1);
  CHECK(pc.days().absent == ErrorKind::too_large);
  pc.host.file("/var/log/wtmp", "boot yesterday\n", "wtmp_days");
  CHECK(pc.days().absent == ErrorKind::malformed);
}

TEST_CASE("without root the journal is not believed: it lacks what others did") {
  Pc pc("2026-11-22");
  pc.boots(reduced("boot_days", "boots.json"));
  pc.device.system->elevated = false;
  CHECK(pc.days().absent == ErrorKind::denied);
}

TEST_CASE("a wtmp that anybody can change is not believed") {
  Pc pc("2026-11-23");
  pc.wtmp("off-nine-days.wtmp");
  REQUIRE(pc.days());
  platform::FileStatus status;
  status.type = platform::FileType::regular;
  status.mode = 0666;
  pc.host.answers(platform::ReadFile{.path = "/var/log/wtmp", .reducer = "wtmp_days"},
                  platform::Reply{platform::FileContents{{reduced("wtmp_days", "off-nine-days.wtmp")}, status}});
  CHECK(pc.days().absent == ErrorKind::denied);
}

TEST_CASE("a container, an unknown start or unknown surroundings: unknown") {
  Pc pc("2026-11-23");
  pc.wtmp("off-nine-days.wtmp");
  auto container = pc, wsl = pc, unknown = pc, no_start = pc, no_system = pc;
  container.device.surroundings->container = true;
  wsl.device.surroundings->wsl = true;
  unknown.device.surroundings = compliance::no_fact<Surroundings>({ErrorKind::denied, ""}, "", {});
  no_start.device.system->booted.reset();
  no_system.device.system = {};
  CHECK(container.days().absent == ErrorKind::unsupported);
  CHECK(wsl.days().absent == ErrorKind::unsupported);
  CHECK(unknown.days().absent == ErrorKind::denied);
  CHECK(no_start.days().absent == ErrorKind::not_found);
  CHECK(no_system.days().absent == ErrorKind::not_asked);
}

TEST_CASE("an older file that ends with a shutdown is not joined: what lies between is not known") {
  Pc pc("2026-11-18");
  pc.wtmp("rotated.wtmp");
  CHECK(pc.days()->first_day == at("2026-11-10"));
  pc.host.file("/var/log/wtmp.1", "boot 2026-11-01\ndown 2026-11-01\n", "wtmp_days");
  CHECK(pc.days()->first_day == at("2026-11-10"));
  pc.host.file("/var/log/wtmp.1", "boot 2026-11-01\nseen 2026-11-09\n", "wtmp_days");
  CHECK(pc.days()->first_day == at("2026-11-01"));
  // The newest file may still be empty.
  pc.host.file("/var/log/wtmp", "", "wtmp_days").file("/var/log/wtmp.1", "down 2026-11-01\nboot 2026-11-18\n", "wtmp_days");
  REQUIRE(pc.days());
  CHECK(pc.days()->days == std::vector{at("2026-11-01"), at("2026-11-18")});
}

TEST_CASE("a record must lead up to the running start, by a day") {
  const char* lines = "boot 2026-11-01\ndown 2026-11-01\nboot 2026-11-10\n";
  CHECK(days_of(lines, "2026-11-10", "2026-11-12"));
  CHECK(days_of(lines, "2026-11-09", "2026-11-12"));
  CHECK(days_of(lines, "2026-11-11", "2026-11-12"));
  CHECK_FALSE(days_of(lines, "2026-11-08", "2026-11-12"));
  CHECK_FALSE(days_of(lines, "2026-11-12", "2026-11-12"));
  CHECK_FALSE(days_of("", "2026-11-12", "2026-11-12"));
  // Without a start in it (logrotate moved that away), nothing before the running one may be there.
  CHECK(days_of("seen 2026-11-10\n", "2026-11-08", "2026-11-12")->days.size() == 3);
  CHECK_FALSE(days_of("seen 2026-11-08\ndown 2026-11-08\n", "2026-11-12", "2026-11-12"));
}

TEST_CASE("a running start covers its days up to today, with nobody at the PC") {
  const auto record = days_of("boot 2026-11-10\n", "2026-11-10", "2026-11-20");
  REQUIRE(record);
  CHECK(record->days.size() == 11);
  CHECK(record->unsure.empty());
}

TEST_CASE("a shutdown nobody wrote and a start nobody wrote leave the days between open") {
  auto record = days_of("boot 2026-11-01\nboot 2026-11-05\n", "2026-11-05", "2026-11-05");
  CHECK(text(record->unsure) == midnights({"2026-11-02", "2026-11-03", "2026-11-04"}));
  record = days_of("boot 2026-11-01\ndown 2026-11-01\nseen 2026-11-04\ndown 2026-11-04\nboot 2026-11-05\n", "2026-11-05", "2026-11-05");
  CHECK(text(record->unsure) == midnights({"2026-11-02", "2026-11-03"}));
  CHECK(text(record->days) == midnights({"2026-11-01", "2026-11-04", "2026-11-05"}));
}

TEST_CASE("records out of order count from where they are in order again") {
  // A start of years ago, never set right, and one ahead of today.
  auto record =
      days_of("boot 2026-11-01\ndown 2026-11-01\nboot 2020-01-01\ndown 2020-01-02\nboot 2026-11-05\n", "2026-11-05", "2026-11-05");
  REQUIRE(record);
  CHECK(record->first_day == at("2026-11-05"));
  record = days_of("boot 2026-11-01\ndown 2026-11-01\nboot 2026-12-24\n", "2026-11-05", "2026-11-05");
  CHECK_FALSE(record);
  record = days_of("boot 2020-01-01\nseen 2026-11-04\ndown 2026-11-04\nboot 2026-11-05\n", "2026-11-05", "2026-11-05");
  REQUIRE(record);
  CHECK(record->first_day == at("2026-11-04"));  // not six years on
}

TEST_CASE("a first record hours ahead begins today") {
  const auto record = days_of("boot 2026-11-21\n", "2026-11-20", "2026-11-20");
  REQUIRE(record);
  CHECK(record->first_day == at("2026-11-20"));
  CHECK(record->days == std::vector{at("2026-11-20")});
}

TEST_CASE("at most sixty days are kept") {
  const auto record = days_of("boot 2026-09-01\nseen 2026-10-20\nseen 2026-11-20\n", "2026-09-01", "2026-11-20");
  REQUIRE(record);
  CHECK(record->first_day == at("2026-09-21"));
  CHECK(record->days.size() == 61);
}

TEST_CASE("events of power are taken in their own form only") {
  CHECK(parse::parse_power_events("")->empty());
  CHECK(parse::parse_power_events("boot 2026-11-10\nseen 2026-11-11")->size() == 2);
  for (const char* bad : {"boot", "boot 2026-11-10 ", "boot 2026-13-10", "boots 2026-11-10", "slept2026-11-10", "boot 2026-11-10T03:00:00Z",
                          "\n", "BOOT 2026-11-10"})
    CHECK_FALSE(parse::parse_power_events(bad));
  std::string many;
  for (int i = 0; i < 2001; ++i) many += "boot 2026-11-10\n";
  CHECK_FALSE(parse::parse_power_events(many));
}

TEST_CASE("whatever a record says, days are whole, sorted, within sixty of today and in one list only") {
  std::mt19937_64 numbers(20261126);
  const auto today = std::chrono::floor<platform::Days>(at("2026-11-20"));
  for (int run = 0; run < 5000; ++run) {
    std::vector<parse::PowerEvent> events;
    for (auto count = numbers() % 12; count > 0; --count)
      events.push_back({static_cast<parse::PowerEventKind>(numbers() % 3), today - platform::Days{static_cast<int>(numbers() % 80) - 5}});
    const auto record = days_powered_on(events, today - platform::Days{static_cast<int>(numbers() % 5)}, today);
    if (!record) continue;
    CHECK(record->first_day >= Time{today - platform::Days{60}});
    CHECK(std::is_sorted(record->days.begin(), record->days.end()));
    REQUIRE_FALSE(record->days.empty());
    CHECK(record->days.back() == Time{today});
    for (const auto day : record->unsure) {
      CHECK(std::find(record->days.begin(), record->days.end(), day) == record->days.end());
      CHECK(day >= record->first_day);
    }
  }
}

}  // namespace gokajo::tests
