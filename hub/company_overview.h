/// \file
/// What the page about a company says, before it is put into words: the weekly mail's findings (hub/mail/weekly_from_store.h), which the
/// page must never contradict, and what only a page has room for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/lanes.h"
#include "hub/mail/weekly_from_store.h"
#include "hub/overview.h"

namespace gokajo::hub {

/// One rule over the whole company. `verdict` counts what no PC can see and who is silent, too: fail where a PC or an answer of the
/// company fails; else unknown where a PC could not be measured, is silent or at rest; else ask where a PC or a question waits for an
/// answer, or nobody knows whether all PCs are registered; else pass. `declared`: it rests on answers of the company (自己申告), too.
struct RuleTile {
  std::string rule;
  std::int64_t number = 0;
  compliance::Text name;
  compliance::Verdict verdict = compliance::Verdict::unknown;
  RuleCount counts;
  int questions = 0;      ///< of the company, without an answer that counts
  int company_fails = 0;  ///< answers of the company that say so
  bool declared = false;
};

/// Something to do first. `plans`: what people noted, by device id.
struct FirstThing {
  Todo todo;
  LaneDecision lane;
  std::map<std::string, Plan> plans;
};

/// The last day of a week that was counted.
struct TrendPoint {
  Day day{};
  DailyCount count;
};

/// A trend needs so many weeks, and shows at most so many.
inline constexpr std::size_t kTrendFrom = 4;
inline constexpr std::size_t kTrendWeeks = 26;

struct CompanyOverview {
  Company company;
  compliance::Text pack;
  Weekly week;
  compliance::Verdict verdict = compliance::Verdict::unknown;
  std::vector<RuleTile> tiles;
  std::vector<FirstThing> first;  ///< the most urgent first, both lanes
  std::int64_t waiting = 0;       ///< PCs that count once somebody approves them
  std::vector<TrendPoint> trend;  ///< empty before kTrendFrom weeks
  Comment comment;
  compliance::NotLookedAt not_looked_at;
  std::vector<std::string> checks;  ///< ids of what is looked at, in the pack's order
};

/// As many PCs as the company says it has; false where it says none.
bool all_registered(const Weekly& week);

/// Inside a transaction. Error{unsupported}: a pack this program does not know.
platform::Result<CompanyOverview> company_overview(Store& store, const std::string& tenant, platform::Time now, const Library* library);

/// What the hub notes once a day of a company: one count for each rule, and one for all.
std::vector<DailyCount> counts_of_day(const Weekly& week);

/// The last count of each week (Monday to Sunday), the latest kTrendWeeks; none before there are kTrendFrom.
std::vector<TrendPoint> trend_of(const std::vector<DailyCount>& counts);

}  // namespace gokajo::hub
