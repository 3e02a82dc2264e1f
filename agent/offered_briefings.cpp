#include "agent/offered_briefings.h"

#include "agent/handed_out.h"
#include "platform/embedded.h"

namespace gokajo::agent {

using compliance::BriefingOffered, compliance::Fact;

Fact<std::vector<BriefingOffered>> offered_briefings(platform::Time now, const std::string& directory) {
  constexpr const char* kSource = "briefings of this program";
  // One that could not be read is missing there: who has read all is then not to be told.
  if (compliance::built_in_briefings().size() != embedded::briefings().size())
    return compliance::no_fact<std::vector<BriefingOffered>>({platform::ErrorKind::malformed, kSource}, kSource, now);
  const auto briefings = all_briefings(directory);
  std::vector<BriefingOffered> offered;
  offered.reserve(briefings.size());
  // The program brings those of months to come along; they are nobody's yet.
  for (const auto& briefing : briefings)
    if (briefing.published <= now) offered.push_back({briefing.id, briefing.published});
  return compliance::fact(std::move(offered), kSource, now);
}

}  // namespace gokajo::agent
