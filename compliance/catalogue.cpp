#include "compliance/checks.h"

namespace gokajo::compliance {

// An explicit list: a linker may drop what registers itself from a static library.
const std::vector<const Check*>& all_checks() {
  static const std::vector<const Check*> checks = {
#define GOKAJO_CHECK(name) &name,
#include "compliance/checks/checks.inc"
#undef GOKAJO_CHECK
  };
  return checks;
}

const Check* find_check(std::string_view id) {
  for (const auto* check : all_checks())
    if (id == check->id) return check;
  return nullptr;
}

const Declaration* declared(const Evidence& evidence, std::string_view question, std::string_view about, Time now) {
  const Declaration* newest = nullptr;
  for (const auto& declaration : evidence.declarations) {
    if (declaration.question != question || declaration.about != about) continue;
    if (declaration.answered_at > now || declaration.valid_until + platform::Days{1} <= now) continue;
    if (!newest || declaration.answered_at > newest->answered_at) newest = &declaration;
  }
  return newest;
}

}  // namespace gokajo::compliance
