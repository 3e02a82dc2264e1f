#include "compliance/checks.h"
#include "compliance/sign_in_windows.h"

namespace gokajo::compliance {
namespace {

Finding judge_windows(const WindowsSignIn& windows) {
  const auto& login = windows.auto_login;
  if (!login) return unmeasured(login);
  if (!login->on && !login->password_readable) return pass("off", login.observed_at);
  // Without the name there is a password all the same, or somebody is signed in all the same.
  const Parameters who = {{"name", Name{login->user}}};
  const char* situation = !login->on ? "password-left" : login->password_readable ? "signs-in-readable" : "signs-in";
  return fail(situation, login.observed_at, {}, {who});
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (const auto* windows = windows_sign_in(evidence)) return judge_windows(*windows);
  const auto& logins = evidence.passwords.auto_logins;
  if (!logins) return unmeasured(logins);
  if (logins->empty()) return pass("off", logins.observed_at);
  std::vector<Parameters> items;
  for (const auto& login : *logins)
    items.push_back({{"name", Name{login.user}}, {"program", Name{login.program}}, {"where", Name{login.origin}}});
  return fail("on", logins.observed_at, {}, std::move(items));
}

}  // namespace

const Check passwords_auto_login_off{.id = "passwords.auto-login-off", .judge = judge};

}  // namespace gokajo::compliance
