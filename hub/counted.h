/// \file
/// The counters of a company (hub/store.h) as people are told of them: a PC that is silent or at rest passes nothing, and what it was last
/// found to be is told of no rule. The list of companies and the numbers for Prometheus go by this; a company's page says the same of its
/// rules (hub/mail/weekly_from_store.h).
#pragma once

#include "hub/contacts.h"
#include "hub/rejudging_store.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Verdicts by which a rule counts such a PC instead.
inline constexpr const char* kSilentVerdict = "silent";
inline constexpr const char* kRestingVerdict = "resting";

/// `resting`: those that were heard of all the same, too; of them what fails is counted as failing. `rejudging`: the company's PCs are
/// judged again just now; until that ends some were found to be what they are by something else than the others, and what is good of any is
/// counted as unknown.
struct Counted {
  Counters counters;
  std::int64_t silent = 0;
  std::int64_t resting = 0;
  std::optional<Rejudging> rejudging;
};

/// Few questions, however many PCs there are. Errors: those of the store.
platform::Result<Counted> counted_now(Store& store, const std::string& tenant, const Contacts& contacts);
platform::Result<Counted> counted_now(Store& store, const Company& company, Time now);

}  // namespace gokajo::hub
