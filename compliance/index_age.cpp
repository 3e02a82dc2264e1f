#include "compliance/index_age.h"

#include <algorithm>

#include "compliance/check.h"

namespace gokajo::compliance {
namespace {

// A PC's clock may be behind its publisher's by so much, and no more, before dates prove nothing.
constexpr std::chrono::hours kClockSlack{24};

bool in_use(const UpdateSource& source) { return source.state != SourceState::disabled && source.state != SourceState::removable; }

std::vector<Parameters> named(const UpdateSources& sources, SourceState state, bool of_fixes) {
  std::vector<Parameters> items;
  for (const auto& source : sources.sources)
    if (source.state == state && (source.security == Tristate::yes) == of_fixes) items.push_back({{"name", Name{source.name}}});
  return items;
}

std::optional<Finding> structural_fault(const UpdateSources& sources, Time seen) {
  if (!sources.security_lacking.empty()) {
    std::vector<Parameters> items;
    for (const auto& name : sources.security_lacking) items.push_back({{"name", Name{name}}});
    return fail("security-source-missing", seen, {}, std::move(items));
  }
  if (std::none_of(sources.sources.begin(), sources.sources.end(), in_use)) return fail("no-source", seen);
  if (auto never = named(sources, SourceState::never_fetched, true); !never.empty())
    return fail("never-fetched", seen, {}, std::move(never));
  if (auto never = named(sources, SourceState::never_fetched, false); !never.empty())
    return unknown("other-never-fetched", seen, {}, std::move(never));
  auto unread = named(sources, SourceState::unreadable, true);
  const auto more = named(sources, SourceState::unreadable, false);
  unread.insert(unread.end(), more.begin(), more.end());
  if (!unread.empty()) return unknown("unreadable", seen, {}, std::move(unread));
  return std::nullopt;
}

}  // namespace

std::vector<const UpdateSource*> sources_of_fixes(const UpdateSources& sources) {
  std::vector<const UpdateSource*> found;
  for (const auto& source : sources.sources)
    if (in_use(source) && source.security == Tristate::yes) found.push_back(&source);
  if (!found.empty()) return found;
  // Fixes come among other updates: every source may bring one.
  if (sources.security_channel == SecurityChannel::newest_version || sources.security_channel == SecurityChannel::advisories)
    for (const auto& source : sources.sources)
      if (in_use(source)) found.push_back(&source);
  return found;
}

Finding judge_index_age(const Fact<UpdateSources>& sources, const IndexLimits& limits, Time now) {
  if (!sources) return unmeasured(sources);
  if (auto fault = structural_fault(*sources, sources.observed_at)) return std::move(*fault);
  const auto relevant = sources_of_fixes(*sources);
  if (relevant.empty()) return unknown("channel-unknown", sources.observed_at);
  std::optional<Time> oldest_fetch;
  std::vector<Parameters> stale, bad;
  for (const auto* source : relevant) {
    if (!source->fetched_at || (source->changes_daily && !source->content_date))
      return unknown("no-date", sources.observed_at, {}, {{{"name", Name{source->name}}}});
    const Time fetched = *source->fetched_at;
    const Time content =
        source->content_date && (source->changes_daily || source->state == SourceState::expired) ? *source->content_date : fetched;
    if (fetched > now + kClockSlack || content > now + kClockSlack)
      return unknown("clock", sources.observed_at, {{"date", Date{std::max(fetched, content)}}});
    const auto older_than = [&](Time time, std::int64_t days) { return now - time > platform::Days{days}; };
    const Parameters item = {{"name", Name{source->name}}, {"date", Date{std::min(fetched, content)}}};
    if (older_than(std::min(fetched, content), limits.fail_days)) bad.push_back(item);
    if (older_than(fetched, limits.max_days) || older_than(content, limits.content_days) || source->state == SourceState::expired)
      stale.push_back(item);
    if (!oldest_fetch || fetched < *oldest_fetch) oldest_fetch = fetched;
  }
  if (!bad.empty()) return fail("stale-long", sources.observed_at, {{"days", DayCount{limits.fail_days}}}, std::move(bad));
  if (!stale.empty()) return unknown("stale", sources.observed_at, {{"days", DayCount{limits.max_days}}}, std::move(stale));
  return pass("fresh", sources.observed_at, {{"date", Date{*oldest_fetch}}});
}

}  // namespace gokajo::compliance
