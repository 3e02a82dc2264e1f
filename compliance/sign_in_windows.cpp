#include "compliance/sign_in_windows.h"

#include <algorithm>
#include <charconv>

namespace gokajo::compliance {

namespace {

std::string_view machine_of(std::string_view sid) { return sid.substr(0, std::min(sid.rfind('-'), sid.size())); }

}  // namespace

const WindowsSignIn* windows_sign_in(const Evidence& evidence) {
  const auto& system = evidence.device.system;
  return system && system->family == OsFamily::windows ? &evidence.passwords.windows : nullptr;
}

std::int64_t rid_of(std::string_view sid) {
  const auto dash = sid.rfind('-');
  if (dash == std::string_view::npos) return -1;
  const auto last = sid.substr(dash + 1);
  std::int64_t rid = 0;
  const auto [end, error] = std::from_chars(last.data(), last.data() + last.size(), rid);
  return error == std::errc{} && end == last.data() + last.size() ? rid : -1;
}

bool kept_here(const std::vector<WindowsAccount>& accounts, std::string_view sid) {
  return std::any_of(accounts.begin(), accounts.end(), [&](const auto& account) { return machine_of(account.sid) == machine_of(sid); });
}

std::string name_of(const WindowsSignIn& sign_in, const std::string& sid) {
  if (sign_in.accounts)
    for (const auto& account : *sign_in.accounts)
      if (account.sid == sid) return account.name;
  if (sign_in.profiles)
    for (const auto& profile : *sign_in.profiles)
      if (const auto name = profile.folder.substr(profile.folder.rfind('\\') + 1); profile.sid == sid && !name.empty()) return name;
  return sid;
}

std::optional<Finding> keepers_unmeasured(const WindowsSignIn& sign_in) {
  if (!sign_in.accounts) return unmeasured(sign_in.accounts);
  if (!sign_in.join) return unmeasured(sign_in.join);
  return std::nullopt;
}

PasswordKeepers password_keepers(const WindowsSignIn& sign_in, const Device& device) {
  PasswordKeepers keepers;
  // The accounts of a domain controller are those of the domain, and so are its rules.
  const bool controller = device.windows && device.windows->kind == WindowsKind::domain_controller;
  keepers.domain = sign_in.join->domain && !controller;
  keepers.services = sign_in.join->entra;
  for (const auto& account : *sign_in.accounts) {
    if (!account.enabled || rid_of(account.sid) == kGuestRid) continue;
    bool& keeper = !account.microsoft ? keepers.unsure : *account.microsoft ? keepers.services : keepers.this_pc;
    keeper = true;
  }
  return keepers;
}

Finding not_kept_here(const WindowsSignIn& sign_in, const PasswordKeepers& keepers) {
  if (keepers.services) return not_applicable("kept-by-services", sign_in.accounts.observed_at);
  return unknown("nobody-enabled", sign_in.accounts.observed_at);
}

}  // namespace gokajo::compliance
