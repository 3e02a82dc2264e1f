#include "compliance/checks.h"
#include "compliance/sign_in_windows.h"

namespace gokajo::compliance {
namespace {

Finding judge_windows(const WindowsSignIn& windows) {
  const auto& accounts = windows.accounts;
  if (!accounts) return unmeasured(accounts);
  for (const auto& account : *accounts) {
    if (rid_of(account.sid) != kGuestRid) continue;
    if (!account.enabled) return pass("off", accounts.observed_at);
    const auto& kept_off = windows.guest_kept_off_network;
    const bool from_network = kept_off && !*kept_off;
    return fail(from_network ? "enabled-network" : "enabled", accounts.observed_at, {}, {{{"name", Name{account.name}}}});
  }
  return unknown("guest-unseen", accounts.observed_at);  // every Windows has one
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (const auto* windows = windows_sign_in(evidence)) return judge_windows(*windows);
  const auto& guests = evidence.passwords.guests;
  if (!guests) return unmeasured(guests);
  if (guests->empty()) return pass("off", guests.observed_at);
  std::vector<Parameters> items;
  for (const auto& guest : *guests) items.push_back({{"name", Name{guest.program}}, {"where", Name{guest.origin}}});
  return fail("on", guests.observed_at, {}, std::move(items));
}

}  // namespace

const Check passwords_guest_off{.id = "passwords.guest-off", .judge = judge};

}  // namespace gokajo::compliance
