#include "compliance/screen_lock_windows.h"

#include <algorithm>

#include "compliance/sign_in_windows.h"

namespace gokajo::compliance {

namespace {

using Seconds = std::optional<std::int64_t>;  // until the screen locks; nullopt: never

constexpr std::int64_t kNeverAsks = 0xFFFFFFFF;  // DelayLockInterval

Seconds earlier(Seconds a, Seconds b) { return !a ? b : !b ? a : std::min(a, b); }

Seconds idle_lock(const WindowsIdleLock& rules) { return earlier(rules.policy, rules.managed); }

// Plugged in and on battery, where there is one: it must lock in both, so the later one counts.
Seconds sleep_lock(const WindowsSleep& sleep, std::int64_t wake_delay) {
  if (sleep.plugged_in <= 0 || !sleep.plugged_in_locks) return std::nullopt;
  if (sleep.on_battery && (*sleep.on_battery <= 0 || !sleep.on_battery_locks)) return std::nullopt;
  const auto asleep = std::max(sleep.plugged_in, sleep.on_battery.value_or(0));
  if (!sleep.modern_standby) return asleep;
  return wake_delay >= kNeverAsks ? std::nullopt : Seconds(asleep + wake_delay);
}

struct Person {
  Seconds locks;
  std::optional<Finding> unseen;  ///< a way to lock that could not be looked at
};

Person person_of(const WindowsSignIn& sign_in, const Fact<WindowsScreenSaver>& saver) {
  Person person;
  const auto miss = [&](const auto& fact) {
    if (!person.unseen) person.unseen = unmeasured(fact);
  };
  if (sign_in.idle_lock)
    person.locks = idle_lock(*sign_in.idle_lock);
  else
    miss(sign_in.idle_lock);
  if (saver && saver->locks && saver->seconds) person.locks = earlier(person.locks, saver->seconds);
  if (saver && saver->locks && !saver->seconds && !person.unseen) person.unseen = unknown("saver-time-unseen", saver.observed_at);
  if (!saver) miss(saver);
  if (!sign_in.sleep)
    miss(sign_in.sleep);
  else if (saver || !sign_in.sleep->modern_standby)
    person.locks = earlier(person.locks, sleep_lock(*sign_in.sleep, saver ? saver->wake_delay.value_or(0) : 0));
  return person;
}

// Begun minutes count as whole ones.
std::int64_t minutes_of(std::int64_t seconds) { return seconds / 60 + (seconds % 60 > 0 ? 1 : 0); }

bool in_time(Seconds seconds, std::int64_t allowed) { return seconds && minutes_of(*seconds) <= allowed; }

}  // namespace

Finding judge_screen_lock_windows(const WindowsSignIn& sign_in, std::int64_t allowed) {
  if (sign_in.idle_lock && in_time(idle_lock(*sign_in.idle_lock), allowed))
    return pass("locks-everybody", sign_in.idle_lock.observed_at, {{"minutes", Count{minutes_of(*idle_lock(*sign_in.idle_lock))}}});
  const auto& signed_in = sign_in.signed_in;
  if (!signed_in) return unmeasured(signed_in);
  if (signed_in->empty()) return sign_in.idle_lock ? unknown("nobody-signed-in", signed_in.observed_at) : unmeasured(sign_in.idle_lock);
  std::vector<Parameters> never, late;
  std::optional<Finding> unseen;
  for (const auto& sid : *signed_in) {
    const auto saver = sign_in.screen_savers.find(sid);
    const auto person = person_of(sign_in, saver == sign_in.screen_savers.end() ? Fact<WindowsScreenSaver>{} : saver->second);
    if (in_time(person.locks, allowed)) continue;
    if (person.unseen) {
      if (!unseen) unseen = person.unseen;
      continue;
    }
    Parameters item = {{"name", Name{name_of(sign_in, sid)}}};
    if (person.locks) item.emplace("minutes", Count{minutes_of(*person.locks)});
    (person.locks ? late : never).push_back(std::move(item));
  }
  const Parameters parameters = {{"allowed", Count{allowed}}};
  if (!never.empty()) return fail("never-locks", signed_in.observed_at, parameters, std::move(never));
  if (!late.empty()) return fail("locks-late", signed_in.observed_at, parameters, std::move(late));
  if (unseen) return *unseen;
  return pass("locks", signed_in.observed_at,
              {{"allowed", Count{allowed}}, {"count", Count{static_cast<std::int64_t>(signed_in->size())}}});
}

}  // namespace gokajo::compliance
