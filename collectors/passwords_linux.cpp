#include "collectors/display_managers.h"
#include "collectors/passwords.h"
#include "collectors/screen_locks.h"

namespace gokajo::collectors {

compliance::Passwords collect_passwords_linux(const platform::Host& host, const compliance::Device& device) {
  PamReader pam(host);
  compliance::Passwords passwords;
  passwords.rules = collect_password_rules_linux(host, pam, device);
  passwords.elsewhere = collect_accounts_elsewhere_linux(host);
  passwords.lockouts = collect_lockouts_linux(host, pam);
  passwords.open_accounts = collect_open_accounts_linux(host, pam);
  passwords.auto_logins = collect_auto_logins_linux(host, device);
  passwords.guests = collect_guests_linux(host);
  passwords.desktops = collect_desktops_linux(host);
  if (passwords.desktops) passwords.screen_locks = collect_screen_locks_linux(host, *passwords.desktops);
  return passwords;
}

}  // namespace gokajo::collectors
