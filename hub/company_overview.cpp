#include "hub/company_overview.h"

#include <algorithm>

#include "compliance/judge.h"
#include "hub/company_book.h"
#include "hub/counters.h"

namespace gokajo::hub {

using compliance::Verdict;
using platform::Result, platform::Time;

namespace {

// A page must not wait for more, and has room for fewer.
constexpr std::size_t kNamesUpTo = 20;

// The word for `verdict` in which people are told of one rule of the company.
Verdict verdict_of(const RuleTile& tile, bool complete) {
  const auto& counts = tile.counts;
  if (counts.fail > 0 || tile.company_fails > 0) return Verdict::fail;
  if (counts.unknown + counts.silent + counts.resting > 0) return Verdict::unknown;
  if (counts.ask > 0 || tile.questions > 0 || !complete) return Verdict::ask;
  return counts.pass > 0 && counts.pass == counts.not_applicable ? Verdict::not_applicable : Verdict::pass;
}

void count_questions(const compliance::Pack& pack, const Weekly& week, RuleTile& tile) {
  for (const auto& question : pack.questions) {
    if (question.rule != tile.rule || question.role != compliance::Role::required) continue;
    tile.declared = true;
    tile.questions += static_cast<int>(std::count(week.questions.begin(), week.questions.end(), question.id));
    tile.company_fails += static_cast<int>(
        std::count_if(week.todos.begin(), week.todos.end(), [&](const Todo& todo) { return todo.check == "question." + question.id; }));
  }
}

std::vector<RuleTile> tiles_of(const compliance::Pack& pack, const Weekly& week) {
  std::vector<RuleTile> tiles;
  for (const auto& rule : pack.rules) {
    RuleTile tile{rule.id, rule.number, rule.name, Verdict::unknown, {}, 0, 0, false};
    for (const auto& counts : week.rules)
      if (counts.rule == rule.id) tile.counts = counts;
    count_questions(pack, week, tile);
    tile.verdict = verdict_of(tile, all_registered(week));
    tiles.push_back(std::move(tile));
  }
  return tiles;
}

std::vector<std::string> checks_of(const compliance::Pack& pack) {
  std::vector<std::string> checks;
  const auto add = [&](const std::vector<compliance::PackCheck>& entries) {
    for (const auto& entry : entries)
      for (const auto& check : entry.checks())
        if (std::find(checks.begin(), checks.end(), check) == checks.end()) checks.push_back(check);
  };
  for (const auto& rule : pack.rules) add(rule.checks);
  add(pack.extras);
  return checks;
}

std::vector<FirstThing> first_things(const Weekly& week, const std::vector<Plan>& plans) {
  std::vector<FirstThing> first;
  for (const auto& todo : week.todos) {
    FirstThing one{todo, lane_of(todo.check, todo.situation), {}};
    for (const auto& plan : plans)
      if (plan.check == todo.check && std::find(todo.devices.begin(), todo.devices.end(), plan.device) != todo.devices.end())
        one.plans.emplace(plan.device, plan);
    first.push_back(std::move(one));
  }
  return first;
}

}  // namespace

bool all_registered(const Weekly& week) { return week.stated && *week.stated == week.registered && week.registered > 0; }

Result<CompanyOverview> company_overview(Store& store, const std::string& tenant, Time now, const Library* library) {
  CompanyBook book(store, library);
  const auto held = book.of(tenant, now);
  if (!held) return held.error();
  CompanyOverview overview;
  overview.company = (*held)->company;
  const auto& pack = (*held)->pack;
  overview.pack = pack.name;
  auto week =
      weekly_from(store, {.tenant = tenant, .now = now, .since = now - platform::Days{7}, .library = library, .names_up_to = kNamesUpTo});
  if (!week) return week.error();
  overview.week = std::move(*week);
  overview.tiles = tiles_of(pack, overview.week);
  std::vector<Verdict> verdicts;
  for (const auto& tile : overview.tiles) verdicts.push_back(tile.verdict);
  overview.verdict = compliance::combine_required(verdicts);
  const auto plans = store.plans(tenant, "");
  if (!plans) return plans.error();
  overview.first = first_things(overview.week, *plans);
  const auto counters = store.counters(tenant);
  if (!counters) return counters.error();
  overview.waiting = counter_of(*counters, "device", "waiting");
  const auto counts = store.daily_counts(tenant, now - platform::Days{7 * kTrendWeeks});
  if (!counts) return counts.error();
  overview.trend = trend_of(*counts);
  auto comment = store.comment(tenant);
  if (!comment) return comment.error();
  overview.comment = std::move(*comment);
  overview.not_looked_at = pack.not_looked_at;
  overview.checks = checks_of(pack);
  return overview;
}

std::vector<DailyCount> counts_of_day(const Weekly& week) {
  const Time day{platform::local_day(week.counted_at, week.offset_minutes)};
  DailyCount all{day};
  all.fail = week.fail;
  all.silent = week.silent_pcs();
  all.resting = static_cast<std::int64_t>(week.resting.size());
  all.unknown = week.other + week.catching_up_pcs();
  all.pass = std::max<std::int64_t>(week.registered - all.fail - all.silent - all.resting - all.unknown, 0);
  std::vector<DailyCount> counts{all};
  for (const auto& rule : week.rules)
    counts.push_back({day, rule.rule, rule.pass - rule.not_applicable, rule.fail, rule.unknown, rule.ask, rule.not_applicable, rule.silent,
                      rule.resting});
  return counts;
}

std::vector<TrendPoint> trend_of(const std::vector<DailyCount>& counts) {
  std::vector<TrendPoint> weeks;
  const auto week_of = [](Day day) { return day - (std::chrono::weekday{day} - std::chrono::Monday); };
  for (const auto& count : counts) {
    if (!count.rule.empty()) continue;
    const auto day = std::chrono::floor<platform::Days>(count.day);
    if (!weeks.empty() && week_of(weeks.back().day) == week_of(day)) weeks.pop_back();
    weeks.push_back({day, count});
  }
  if (weeks.size() < kTrendFrom) return {};
  if (weeks.size() > kTrendWeeks) weeks.erase(weeks.begin(), weeks.end() - kTrendWeeks);
  return weeks;
}

}  // namespace gokajo::hub
