#include "collectors/sign_in_windows.h"

#include <algorithm>

#include "collectors/rows.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::WindowsAccount, compliance::WindowsAutoLogin, compliance::WindowsPasswordRules;
using platform::AskApi, platform::ask, platform::Host, platform::ReadRegistry;

namespace {

constexpr const char* kWinlogon = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon";
constexpr std::int64_t kComplex = 1;  // DOMAIN_PASSWORD_COMPLEX

Fact<WindowsPasswordRules> password_rules(const Host& host) {
  const auto rules = ask(host, AskApi{.api = "password_rules"});
  if (!rules) return unavailable<WindowsPasswordRules>(rules);
  if (rules->rows.size() != 1) return malformed<WindowsPasswordRules>("expected one row", rules);
  const auto length = number_in(rules->rows.front(), "min_length"), threshold = number_in(rules->rows.front(), "lockout_threshold");
  if (!length || !*length || **length < 0 || !threshold || threshold->value_or(0) < 0)
    return malformed<WindowsPasswordRules>("expected min_length and lockout_threshold", rules);
  return observed(WindowsPasswordRules{**length, *threshold}, rules);
}

Fact<bool> kinds_demanded(const Host& host) {
  const auto properties = ask(host, AskApi{.api = "password_properties"});
  if (!properties) return unavailable<bool>(properties);
  if (properties->rows.size() != 1) return malformed<bool>("expected one row", properties);
  const auto bits = number_in(properties->rows.front(), "properties");
  if (!bits || !*bits) return malformed<bool>("expected properties", properties);
  return observed((**bits & kComplex) != 0, properties);
}

Fact<bool> guest_kept_off_network(const Host& host, const Fact<std::vector<WindowsAccount>>& accounts) {
  if (!accounts) return compliance::no_fact<bool>({accounts.absent, accounts.detail}, accounts.source, accounts.observed_at);
  const auto guest = std::find_if(accounts->begin(), accounts->end(), [](const auto& account) { return account.sid.ends_with("-501"); });
  if (guest == accounts->end())
    return compliance::no_fact<bool>({platform::ErrorKind::not_found, "no account with RID 501"}, accounts.source, accounts.observed_at);
  const auto rights = ask(host, AskApi{"account_rights", {guest->sid}});
  if (!rights) return unavailable<bool>(rights);
  bool denied = false;
  for (const auto& row : rights->rows) {
    const auto right = text_in(row, "right");
    if (!right || !*right) return malformed<bool>("expected right", rights);
    denied = denied || **right == "SeDenyNetworkLogonRight";
  }
  return observed(denied, rights);
}

Fact<WindowsAutoLogin> auto_login(const Host& host) {
  const auto winlogon = ask(host, ReadRegistry{kWinlogon, {"AutoAdminLogon", "DefaultUserName", "DefaultPassword"}});
  if (!winlogon) return unavailable<WindowsAutoLogin>(winlogon);  // the key itself is on every Windows
  if (winlogon->keys.empty() || !winlogon->keys.front().path.empty())
    return malformed<WindowsAutoLogin>("the answer lacks the key itself", winlogon);
  const auto& values = winlogon->keys.front().values;
  const auto on = text_in(values, "AutoAdminLogon"), user = text_in(values, "DefaultUserName");
  if (!on || !user) return malformed<WindowsAutoLogin>("AutoAdminLogon, DefaultUserName: expected text", winlogon);
  const auto word = on->value_or("");
  if (!word.empty() && word != "0" && word != "1") return malformed<WindowsAutoLogin>("AutoAdminLogon: expected 0 or 1", winlogon);
  WindowsAutoLogin found;
  found.on = word == "1";
  found.password_readable = platform::cell_of(values, "DefaultPassword") != nullptr;
  // Windows keeps the name of whoever signed in last there too; it is of no use where nothing is wrong.
  if (found.on || found.password_readable) found.user = user->value_or("");
  return observed(std::move(found), winlogon);
}

}  // namespace

compliance::WindowsSignIn collect_sign_in_windows(const Host& host) {
  compliance::WindowsSignIn found;
  found.rules = password_rules(host);
  found.kinds_demanded = kinds_demanded(host);
  found.accounts = collect_accounts_windows(host);
  found.join = collect_join_windows(host);
  found.profiles = collect_profiles_windows(host);
  found.guest_kept_off_network = guest_kept_off_network(host, found.accounts);
  found.auto_login = auto_login(host);
  found.administrators = collect_administrators_windows(host);
  found.signed_in = collect_signed_in_windows(host);
  found.idle_lock = collect_idle_lock_windows(host);
  found.sleep = collect_sleep_windows(host);
  if (found.signed_in)
    for (const auto& sid : *found.signed_in) found.screen_savers.insert_or_assign(sid, collect_screen_saver_windows(host, sid));
  return found;
}

}  // namespace gokajo::collectors
