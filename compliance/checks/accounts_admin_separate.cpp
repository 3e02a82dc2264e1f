#include "compliance/administrators_windows.h"
#include "compliance/checks.h"
#include "compliance/sign_in_windows.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (const auto* windows = windows_sign_in(evidence)) return judge_administrators_windows(*windows, evidence.device);
  const auto& people = evidence.extras.people;
  if (!people) return unmeasured(people);
  std::vector<Parameters> administrators;
  std::int64_t daily = 0;
  for (const auto& person : *people) {
    if (!person.daily) continue;
    ++daily;
    if (!person.administrator_by.empty()) administrators.push_back({{"name", Name{person.name}}, {"by", Name{person.administrator_by}}});
  }
  if (daily == 0) return not_applicable("nobody-signs-in", people.observed_at);
  if (!administrators.empty()) return fail("daily-administrators", people.observed_at, {}, std::move(administrators));
  return pass("separate", people.observed_at, {{"count", Count{daily}}});
}

}  // namespace

// Advice: on a PC with one person somebody must be administrator; the wording says how to get a second account.
const Check accounts_admin_separate{.id = "accounts.admin-separate", .judge = judge};

}  // namespace gokajo::compliance
