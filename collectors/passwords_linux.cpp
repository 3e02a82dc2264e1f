#include "collectors/passwords.h"

namespace gokajo::collectors {

compliance::Passwords collect_passwords_linux(const platform::Host& host, const compliance::Device& device) {
  PamReader pam(host);
  compliance::Passwords passwords;
  passwords.rules = collect_password_rules_linux(host, pam, device);
  passwords.elsewhere = collect_accounts_elsewhere_linux(host);
  passwords.lockouts = collect_lockouts_linux(host, pam);
  passwords.open_accounts = collect_open_accounts_linux(host, pam);
  return passwords;
}

}  // namespace gokajo::collectors
