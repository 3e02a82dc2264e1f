/// \file
/// What people may change of a company, held to the same rules whether a page or `gokajo-hub company` does it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/records.h"
#include "hub/shelf.h"

namespace gokajo::hub {

/// What is absent stays.
struct CompanyChange {
  std::optional<std::string> name, pack, responsible, owner_name, owner_mail, person_in_charge, schedule;
  std::optional<std::int64_t> devices, offset_minutes;
  std::optional<std::vector<std::string>> closed_days;
  std::optional<compliance::Policy> policy;
  std::optional<bool> staff_told;  ///< false: taken back
};

/// `field`: the name of the member that cannot be so. `error`: why, for the command line.
struct CompanyProblem {
  std::string field;
  platform::Error error;
};

inline constexpr std::size_t kMaxLine = 200;
inline constexpr std::int64_t kMostDevices = 1000000;
inline constexpr std::size_t kMostClosedDays = 400;

/// One line of at most kMaxLine bytes, without control characters.
bool is_line(const std::string& text);

/// Everything that is given, into the company. Another address of the owner's is not confirmed. A problem leaves the company half changed:
/// throw it away.
std::optional<CompanyProblem> apply_change(const CompanyChange& change, const Shelf& shelf, Company& company, Time now);

/// A day as people write it ("2026-12-29", "2026/12/29", "2026年12月29日", full-width digits) as "2026-12-29"; empty: it is none.
std::string day_in(const std::string& typed);

/// One day or "first〜last" in each line, as closed_days has them, each once, in order; nullopt: a line that is none, or more than
/// kMostClosedDays.
std::optional<std::vector<std::string>> closed_days_in(const std::string& typed);

/// The other way: a line for each day, and for days in a row "first〜last", as people of that language write them.
std::string closed_days_lines(const std::vector<std::string>& days, compliance::Language language);

}  // namespace gokajo::hub
