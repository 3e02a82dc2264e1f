#include "compliance/readings.h"

#include "compliance/briefing.h"

namespace gokajo::compliance {
namespace {

enum class Reading { done, old, coming_up, overdue };

// The newest moment a person understood one of that kind; a moment that has not come yet is no reading.
std::optional<Time> last_understood(ReadingKind kind, const std::vector<BriefingRead>& read, Time now) {
  std::optional<Time> last;
  for (const auto& briefing : read)
    if (is_drill(briefing.id) == (kind == ReadingKind::drill) && briefing.answers_right > 0 &&
        briefing.understood_at <= now + platform::Days{1} && (!last || briefing.understood_at > *last))
      last = briefing.understood_at;
  return last;
}

Reading reading_of(ReadingKind kind, const char* check, const BriefingReader& person, const Settings& settings, const Memory& memory,
                   Time now) {
  if (const auto last = last_understood(kind, *person.read, now))
    return now - *last <= platform::Days{number(settings, "max_days")} ? Reading::done : Reading::old;
  const auto since = first_seen(memory, std::string("finding/") + check + "/" + person.name);
  return since && now - *since > platform::Days{number(settings, "grace_days")} ? Reading::overdue : Reading::coming_up;
}

}  // namespace

Finding judge_readings(ReadingKind kind, const char* check, const Evidence& evidence, const Settings& settings, const Memory& memory,
                       Time now) {
  const auto& people = evidence.threats.people;
  if (!people) return unmeasured(people);
  if (people->empty()) return not_applicable("nobody-signs-in", people.observed_at);
  std::vector<Parameters> overdue, coming_up;
  std::int64_t done = 0;
  std::optional<Finding> unseen;
  for (const auto& [uid, person] : *people) {
    if (!person.read) {
      if (!unseen) unseen = unmeasured(person.read);
      continue;
    }
    switch (reading_of(kind, check, person, settings, memory, now)) {
      case Reading::done:
        ++done;
        break;
      case Reading::coming_up:
        coming_up.push_back({{"name", Name{person.name}}});
        break;
      default:
        overdue.push_back({{"name", Name{person.name}}});
    }
  }
  const Parameters counts = {{"count", Count{done}}, {"people", Count{static_cast<std::int64_t>(people->size())}}};
  if (!overdue.empty()) {
    overdue.insert(overdue.end(), coming_up.begin(), coming_up.end());
    return fail("overdue", people.observed_at, counts, std::move(overdue));
  }
  if (unseen) return *unseen;
  if (!coming_up.empty()) return ask("coming-up", people.observed_at, counts, std::move(coming_up));
  return pass("read", people.observed_at, counts);
}

}  // namespace gokajo::compliance
