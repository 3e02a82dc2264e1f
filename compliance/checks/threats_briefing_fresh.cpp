#include "compliance/briefing.h"
#include "compliance/checks.h"
#include "compliance/sign_in_windows.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings& settings, const Memory&, Time now) {
  const auto& offered = evidence.threats.offered;
  if (!offered) return unmeasured(offered);
  // Briefings come with the program; whether there is anybody on this PC to read them comes from the PC. On Windows that takes rights the
  // age of a briefing does not need, and a server without people is the matter of threats.briefing-read.
  const auto& people = evidence.threats.people;
  if (!windows_sign_in(evidence)) {
    if (!people) return unmeasured(people);
    if (people->empty()) return not_applicable("nobody-signs-in", people.observed_at);
  }
  const BriefingOffered* newest = nullptr;
  for (const auto& briefing : *offered)
    if (!is_drill(briefing.id) && (!newest || briefing.published > newest->published)) newest = &briefing;
  if (!newest) return unknown("none", offered.observed_at);
  const auto age = std::chrono::floor<platform::Days>(now - newest->published).count();
  Parameters parameters = {{"date", Date{newest->published}}, {"age", DayCount{std::max<std::int64_t>(age, 0)}}};
  if (age < -1) return unknown("future", offered.observed_at, std::move(parameters));
  if (age > number(settings, "max_days")) return fail("old", offered.observed_at, std::move(parameters));
  return pass("fresh", offered.observed_at, std::move(parameters));
}

}  // namespace

// Advice: that the briefing is old is not the fault of those who read it.
const Check threats_briefing_fresh{.id = "threats.briefing-fresh", .judge = judge, .settings = {{"max_days", std::int64_t{120}}}};

}  // namespace gokajo::compliance
