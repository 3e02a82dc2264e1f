#include "compliance/checks.h"
#include "compliance/screen_lock_windows.h"
#include "compliance/sign_in_windows.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time) {
  if (const auto* windows = windows_sign_in(evidence)) return judge_screen_lock_windows(*windows, number(settings, "max_minutes"));
  const auto& desktops = evidence.passwords.desktops;
  if (!desktops) return unmeasured(desktops);
  if (desktops->empty()) return not_applicable("no-desktop", desktops.observed_at);
  const auto& locks = evidence.passwords.screen_locks;
  if (locks.empty()) return unknown("nobody-seen", desktops.observed_at);
  const auto allowed = number(settings, "max_minutes");
  std::vector<Parameters> never, late;
  const Fact<ScreenLock>* unseen = nullptr;
  Time observed = desktops.observed_at;
  for (const auto& [uid, lock] : locks) {
    if (!lock) {
      unseen = &lock;
      continue;
    }
    observed = lock.observed_at;
    // Begun minutes count as whole ones.
    const auto minutes = lock->seconds ? *lock->seconds / 60 + (*lock->seconds % 60 > 0 ? 1 : 0) : 0;
    if (lock->locks && lock->seconds && minutes <= allowed) continue;
    Parameters item = {{"name", Name{lock->name}}, {"where", Name{lock->origin}}};
    if (!lock->locks || !lock->seconds) {
      never.push_back(std::move(item));
    } else {
      item.emplace("minutes", Count{minutes});
      late.push_back(std::move(item));
    }
  }
  if (!never.empty()) return fail("never", observed, {{"allowed", Count{allowed}}}, std::move(never));
  if (!late.empty()) return fail("late", observed, {{"allowed", Count{allowed}}}, std::move(late));
  if (unseen) return unmeasured(*unseen);
  return pass("locks", observed, {{"allowed", Count{allowed}}, {"count", Count{static_cast<std::int64_t>(locks.size())}}});
}

}  // namespace

const Check passwords_screen_lock{.id = "passwords.screen-lock", .judge = judge, .settings = {{"max_minutes", std::int64_t{15}}}};

}  // namespace gokajo::compliance
