#include "compliance/fix_dates.h"

#include <algorithm>
#include <set>

#include "compliance/index_age.h"

namespace gokajo::compliance {
namespace {

constexpr std::string_view kOffer = "offer/", kSource = "source/";

// The oldest of the newest indexes seen of all sources of fixes; none if one of them was never seen before: it may bring old fixes.
std::optional<Time> seen_without(const UpdateSources& sources, const Memory& memory) {
  std::optional<Time> oldest;
  const auto relevant = sources_of_fixes(sources);
  for (const auto* source : relevant) {
    const auto found = memory.not_offered.find(std::string(kSource) + source->name);
    if (found == memory.not_offered.end()) return std::nullopt;
    if (!oldest || found->second < *oldest) oldest = found->second;
  }
  return oldest;
}

// Whether sources_of_fixes names every source in use: then an offer that is not known as a fix came from one of those looked at as well.
bool every_source_counts(const UpdateSources& sources) {
  return sources.security_channel == SecurityChannel::newest_version &&
         std::none_of(sources.sources.begin(), sources.sources.end(), [](const UpdateSource& s) { return s.security == Tristate::yes; });
}

}  // namespace

bool is_missing_fix(const PendingUpdate& update) {
  return update.security != Tristate::no && !update.installed.empty() && !update.offered.empty() && update.state != PendingState::phased;
}

std::string offer_key(const PendingUpdate& update) {
  return std::string(kOffer) + update.name + ":" + update.architecture + "/" + update.installed;
}

FixDates fix_dates(const PendingUpdate& update, const UpdateSources* sources, const Memory& memory, Time now) {
  FixDates dates{update.fix_not_before, update.fix_not_after};
  const auto key = offer_key(update);
  const auto seen = first_seen(memory, key);
  if (seen && (!dates.not_after || *seen < *dates.not_after)) dates.not_after = seen;
  std::optional<Time> without;
  if (seen) {
    if (const auto found = memory.not_offered.find(key); found != memory.not_offered.end()) without = found->second;
  } else if (sources && update.installed_at && (update.security == Tristate::yes || every_source_counts(*sources))) {
    without = seen_without(*sources, memory);
    // The version that lacks the fix must have been here when nothing was missing.
    if (without && *update.installed_at > *without) without.reset();
  }
  if (without && (!dates.not_before || *without > *dates.not_before)) dates.not_before = without;
  if (dates.not_before && *dates.not_before > now) dates.not_before.reset();
  if (dates.not_after && *dates.not_after > now) dates.not_after.reset();
  if (dates.not_before && dates.not_after && *dates.not_before > *dates.not_after) dates.not_before.reset();
  return dates;
}

void remember_offers(Memory& next, const Updates& updates) {
  if (!updates.pending) return;  // nothing was learnt: what was known stays
  const Memory before = next;
  std::set<std::string> missing;
  for (const auto& update : updates.pending->updates) {
    if (!is_missing_fix(update)) continue;
    const auto key = offer_key(update);
    missing.insert(key);
    if (next.first_seen.contains(key)) continue;
    const auto dates = fix_dates(update, updates.sources ? &*updates.sources : nullptr, before, updates.pending.observed_at);
    next.first_seen.emplace(key, updates.pending.observed_at);
    if (dates.not_before) next.not_offered.insert_or_assign(key, *dates.not_before);
  }
  const auto gone = [&](const auto& entry) { return entry.first.starts_with(kOffer) && !missing.contains(entry.first); };
  std::erase_if(next.first_seen, gone);
  std::erase_if(next.not_offered, gone);
  if (!updates.sources) return;
  for (const auto* source : sources_of_fixes(*updates.sources))
    if (source->state == SourceState::ok && source->content_date && *source->content_date <= updates.pending.observed_at)
      next.not_offered.insert_or_assign(std::string(kSource) + source->name, *source->content_date);
}

}  // namespace gokajo::compliance
