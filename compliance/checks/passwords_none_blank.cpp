#include <algorithm>

#include "compliance/checks.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  const auto& accounts = evidence.passwords.open_accounts;
  if (!accounts) return unmeasured(accounts);
  std::vector<Parameters> open, perhaps;
  bool blank = false;
  for (const auto& account : *accounts) {
    const Parameters item = {{"name", Name{account.name}}, {"services", List{account.services}}};
    (account.certain ? open : perhaps).push_back(item);
    blank = blank || (account.certain && account.blank);
  }
  if (!open.empty()) return fail(blank ? "blank" : "let-in", accounts.observed_at, {}, std::move(open));
  if (!perhaps.empty()) return ask("perhaps", accounts.observed_at, {}, std::move(perhaps));
  return pass("none", accounts.observed_at);
}

}  // namespace

const Check passwords_none_blank{.id = "passwords.none-blank", .judge = judge};

}  // namespace gokajo::compliance
