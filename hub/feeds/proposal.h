/// \file
/// A company's own briefing of the month: what public notices say about programs it has, in sentences of our own
/// (hub/feeds/data/proposals.json). Of a notice only its title and its link are in it, as sources.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/briefing.h"
#include "hub/feeds/matching.h"
#include "hub/store.h"

namespace gokajo::hub {

/// PCs of one company that are looked at for a proposal; one that has more is told how many were not.
inline constexpr std::int64_t kMostPcsLookedAt = 5000;
inline constexpr std::size_t kMostProducts = 3;
inline constexpr std::size_t kMostSources = 5;
inline constexpr std::size_t kBriefingTextJa = 600, kBriefingTextEn = 1200;  ///< code points, as docs/schema/briefing.schema.json has it

/// Why a proposal says what it says, for the page: kept beside it.
struct ProposedProduct {
  std::string ja;
  std::string en;
  std::int64_t pcs = 0;
  bool exploited = false;
  std::vector<compliance::BriefingSource> notices;
};
BOOST_DESCRIBE_STRUCT(ProposedProduct, (), (ja, en, pcs, exploited, notices))

/// `kind`: match, or general: no program of the company was named, and the month's alerts to everybody are told. `pcs`, `without`,
/// `left_out`: as in Programs. `inventory`: the company has its programs listed.
struct ProposalReasons {
  std::string kind;
  bool inventory = true;
  std::int64_t pcs = 0;
  std::int64_t without = 0;
  std::int64_t left_out = 0;
  std::vector<ProposedProduct> products;
};
BOOST_DESCRIBE_STRUCT(ProposalReasons, (), (kind, inventory, pcs, without, left_out, products))

struct Proposal {
  compliance::Briefing briefing;
  ProposalReasons reasons;
};

/// "2026-11", and the id of that month's briefing, "2026-autumn-notices-11".
std::string month_of(platform::Time now, std::int64_t offset_minutes);
std::string proposal_id(const std::string& month);

/// nullopt: nothing to tell (no match, and no alert). `programs`: none: the company wants no inventory.
std::optional<Proposal> propose(const std::string& month, const std::vector<Notice>& notices, const std::optional<Programs>& programs,
                                platform::Time now);

/// As the file that PCs get: dates as days.
std::string write_briefing(const compliance::Briefing& briefing);
/// What people may have written into it: the limits of the schema, beyond those of read_briefing(). The place of the first fault; empty:
/// none.
std::string fault_of_texts(const compliance::Briefing& briefing);

std::string write_reasons(const ProposalReasons& reasons);
platform::Result<ProposalReasons> read_reasons(std::string_view text);

/// Which programs a company's PCs have, PC by PC. Takes as long as reading their reports.
platform::Result<Programs> programs_of(Store& store, const std::string& tenant);

/// The notices of all feeds whose copy is not older than kFeedOld (hub/feeds/reading.h).
platform::Result<std::vector<Notice>> fresh_notices(Store& store, platform::Time now);

/// Puts this month's proposal where there is none yet, in a transaction of its own; an earlier one that nobody decided on is refused by
/// nobody. True: it did. A company that cannot be proposed anything (no notices) is asked again another time.
platform::Result<bool> propose_for(Store& store, const Company& company, const std::vector<Notice>& notices, platform::Time now);

}  // namespace gokajo::hub
