#include "hub/demo/plan.h"

#include "compliance/windows_levels.h"

namespace gokajo::hub::demo {

using platform::Days;

namespace {

constexpr std::chrono::hours kJapan{9};

// Midnight of a day in Japan.
Time midnight(Day day) { return Time{day} - kJapan; }

bool lasts(const Spell& spell, Day day) { return spell.from <= day && (!spell.until || day < *spell.until); }

// Japan's calendar days of the last weeks on which an office works.
std::vector<Time> days_on(Day first, Day day) {
  std::vector<Time> on;
  for (auto one = std::max(first, day - Days{28}); one < day; one += Days{1})
    if (is_business_day(one, {})) on.emplace_back(one);
  on.emplace_back(day);
  return on;
}

}  // namespace

Day missed_update(Day today) {
  Day found = today;
  for (auto tuesday = compliance::second_tuesday_after(Time{today - Days{100}}); today - std::chrono::floor<Days>(tuesday) > Days{35};
       tuesday = compliance::second_tuesday_after(tuesday))
    found = std::chrono::floor<Days>(tuesday) + Days{1};
  return found;
}

Day business_days_before(Day day, int days) {
  while (days > 0) {
    day -= Days{1};
    if (is_business_day(day, {})) --days;
  }
  return day;
}

Company demo_company(const std::string& id, const std::string& name, Day today) {
  Company company;
  company.id = id;
  company.name = name + "（デモ）";
  company.created = midnight(today - kPast - Days{3}) + std::chrono::hours{10};
  company.staff_told = company.created;
  return company;
}

PcOnDay on_day(const PcPlan& pc, Time at) {
  const auto day = platform::local_day(at, platform::kJapanOffset);
  PcOnDay one;
  one.linux_pc = pc.linux_pc;
  one.host_name = pc.host_name;
  one.account = pc.account;
  one.at = at;
  one.on = days_on(pc.first - Days{28}, day);
  // By the calendar of the United States, where the update came out a day before.
  one.updated_until = Time{day - Days{1 + pc.update_days}};
  if (pc.read_on) one.read_at = midnight(*pc.read_on) + std::chrono::hours{12};
  for (const auto& spell : pc.spells) {
    if (!lasts(spell, day)) continue;
    one.ailments.push_back({spell.trouble, midnight(spell.from) + std::chrono::hours{10}, spell.item});
    if (spell.trouble == Trouble::updates_late) one.updated_until = std::min(one.updated_until, Time{spell.from});
  }
  return one;
}

Plan plan_of(int clients, std::uint64_t seed, Time now) {
  const auto today = platform::local_day(now, platform::kJapanOffset);
  Plan plan;
  plan.companies.push_back(plan_of_yamada(today));
  PersonPlan adviser{"高木 顧問", "takagi@adviser.example", Role::adviser, {kYamada}, true};
  for (int number = 1; number < clients; ++number) {
    plan.companies.push_back(plan_of_client(number, seed, today));
    adviser.tenants.push_back(plan.companies.back().company.id);
  }
  plan.people = {{"山田 社長", "yamada@yamada.example", Role::owner, {kYamada}, false},
                 {"田中 担当", "tanaka@yamada.example", Role::administrator, {kYamada}, false},
                 std::move(adviser),
                 {"佐々木 事務", "sasaki@yamada.example", Role::viewer, {kYamada}, false}};
  return plan;
}

}  // namespace gokajo::hub::demo
