#include "compliance/checks.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
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
