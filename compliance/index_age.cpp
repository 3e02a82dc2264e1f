#include "compliance/index_age.h"

#include <algorithm>

#include "compliance/check.h"
#include "compliance/powered_on_days.h"

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

// How long ago something was: by the calendar, and in powered-on days where the record covers it.
struct Age {
  std::chrono::seconds calendar;
  std::optional<DaysOff> off;

  // The longest and the shortest it can have been on.
  std::chrono::seconds at_most() const { return calendar - platform::Days{off ? off->proven : 0}; }
  std::chrono::seconds at_least() const { return calendar - platform::Days{off ? off->possible : 0}; }
  bool above(std::int64_t days) const { return calendar > platform::Days{days}; }
};

// How a limit was kept: by the calendar, by powered-on days, or not at all.
enum class Kept { by_calendar, by_powered_days, no };

Kept keeps(const Age& age, std::int64_t days, std::int64_t max_calendar_days) {
  if (!age.above(days)) return Kept::by_calendar;
  if (age.off && !age.above(max_calendar_days) && age.at_most() <= platform::Days{days}) return Kept::by_powered_days;
  return Kept::no;
}

// An index whose own time is over (Valid-Until) keeps no limit by the calendar. Where it ended while the PC was off, powered-on days may.
Kept keeps_expired(const Age& content, const IndexLimits& limits) {
  const bool was_off = content.off && content.off->proven > 0 && !content.above(limits.max_calendar_days);
  return was_off && content.at_most() <= platform::Days{limits.max_days} ? Kept::by_powered_days : Kept::no;
}

// A source's index, judged.
struct JudgedIndex {
  Kept kept = Kept::by_calendar;
  bool fault = false;
  Parameters item;
};

JudgedIndex judge_index(const UpdateSource& source, const Age& fetched, const Age& content, Date fetch, Date older,
                        const IndexLimits& limits) {
  const auto fetch_kept = keeps(fetched, limits.max_days, limits.max_calendar_days);
  JudgedIndex judged;
  judged.kept = std::max(fetch_kept, keeps(content, limits.content_days, limits.max_calendar_days));
  if (source.state == SourceState::expired) judged.kept = std::max(judged.kept, keeps_expired(content, limits));
  const Age& oldest = fetched.calendar > content.calendar ? fetched : content;
  const bool was_off = oldest.off && oldest.at_least() <= platform::Days{limits.max_days};
  judged.fault = judged.kept == Kept::no && oldest.above(limits.fail_days) && !was_off;
  const bool powered = fetch_kept == Kept::no && fetched.off && fetched.off->certain();
  judged.item = {{"name", Name{source.name}}, {"date", powered ? fetch : older}};
  if (powered) judged.item.emplace("on_days", DayCount{fetched.off->on});
  return judged;
}

bool all_powered(const std::vector<Parameters>& items) {
  return std::all_of(items.begin(), items.end(), [](const auto& item) { return item.contains("on_days"); });
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

Finding judge_index_age(const Evidence& evidence, const IndexLimits& limits, const Memory& memory, Time now) {
  const auto& sources = evidence.updates.sources;
  if (!sources) return unmeasured(sources);
  const auto seen = sources.observed_at;
  if (auto fault = structural_fault(*sources, seen)) return std::move(*fault);
  const auto relevant = sources_of_fixes(*sources);
  if (relevant.empty()) return unknown("channel-unknown", seen);
  // Days off count from the fetch on: what was old when it was fetched is a copy of an archive that stands still, whoever was off before.
  const auto age = [&](Time time, Time fetched) {
    return Age{now - time, days_off(evidence.device.powered_on, memory, std::max(time, fetched), now)};
  };
  std::optional<Time> oldest_fetch;
  bool by_powered_days = false;
  std::vector<Parameters> stale, bad;
  for (const auto* source : relevant) {
    if (!source->fetched_at || (source->changes_daily && !source->content_date))
      return unknown("no-date", seen, {}, {{{"name", Name{source->name}}}});
    const Time fetched = *source->fetched_at;
    const Time content =
        source->content_date && (source->changes_daily || source->state == SourceState::expired) ? *source->content_date : fetched;
    if (fetched > now + kClockSlack || content > now + kClockSlack)
      return unknown("clock", seen, {{"date", Date{std::max(fetched, content)}}});
    const auto judged =
        judge_index(*source, age(fetched, fetched), age(content, fetched), Date{fetched}, Date{std::min(fetched, content)}, limits);
    if (judged.fault) bad.push_back(judged.item);
    if (judged.kept == Kept::no) stale.push_back(judged.item);
    by_powered_days = by_powered_days || judged.kept == Kept::by_powered_days;
    if (!oldest_fetch || fetched < *oldest_fetch) oldest_fetch = fetched;
  }
  const bool lost = record_is_lost(evidence.device.powered_on);
  if (!bad.empty() && !lost && !just_started_after_days_off(evidence.device, memory, limits.grace_hours_online, now).value_or(false)) {
    const bool powered = all_powered(bad);
    return fail(powered ? "stale-long-powered" : "stale-long", seen, {{"days", DayCount{limits.fail_days}}}, std::move(bad));
  }
  if (!stale.empty()) {
    const bool powered = all_powered(stale);
    return unknown(powered ? "stale-powered" : "stale", seen, {{"days", DayCount{limits.max_days}}}, std::move(stale));
  }
  Parameters said = {{"date", Date{*oldest_fetch}}};
  const auto off = age(*oldest_fetch, *oldest_fetch).off;
  if (!by_powered_days || !off || !off->certain()) return pass("fresh", seen, std::move(said));
  said.emplace("on_days", DayCount{off->on});
  return pass("fresh-powered", seen, std::move(said));
}

}  // namespace gokajo::compliance
