/// \file
/// The rule packs that are in force, side by side: what each asks, and, of a company of few PCs, what each finds in what is stored of them.
/// Nothing is stored.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/company_book.h"
#include "hub/store.h"

namespace gokajo::hub {

/// So many PCs are judged by every pack while somebody waits for a page; beyond, numbers come with the pack.
inline constexpr std::int64_t kMostCompared = 40;
inline constexpr std::size_t kMostColumns = 6;

/// `pack`: with the company's policy where that fits it (`fits`), else as it is; a company cannot choose one that it does not fit.
struct PackColumn {
  compliance::Pack pack;
  bool current = false;
  bool fits = true;
};

/// Of the PCs that are heard: by check, by rule; and each PC's worst rule.
struct PackOutcome {
  std::map<std::string, std::map<std::string, compliance::Verdict>> checks;  ///< by check, then by PC
  std::map<std::string, std::map<std::string, compliance::Verdict>> rules;
  std::map<std::string, compliance::Verdict> pcs;
};

/// `judged`: PCs that were; none where there are more than kMostCompared. `quiet`: silent or at rest; `without`: nothing of them is stored
/// or it cannot be judged. `outcomes`: one for each column, empty where nothing was judged.
struct PackComparison {
  std::vector<PackColumn> columns;
  std::int64_t registered = 0;
  std::int64_t quiet = 0;
  std::int64_t without = 0;
  std::map<std::string, std::string> judged;  ///< id and name
  std::vector<PackOutcome> outcomes;
  bool has_numbers() const { return !outcomes.empty(); }
};

/// Inside a transaction, which may be a reading one. Errors: those of the store.
platform::Result<PackComparison> compare_packs(Store& store, const CompanyPage& page, Time now);

/// The pack's entry for a check, and in which rule it stands ("extras": in none); nullptr where it has none.
struct PlacedCheck {
  const compliance::PackCheck* entry = nullptr;
  std::string rule;
};
PlacedCheck placed(const compliance::Pack& pack, const std::string& check);

/// What the check is told by this pack: its own defaults, and what the pack sets.
compliance::Settings settings_of(const compliance::PackCheck& entry, const std::string& check);

}  // namespace gokajo::hub
