#include "agent/offered_briefings.h"

#include <algorithm>

#include "platform/embedded.h"
#include "platform/json_form.h"

namespace gokajo::agent {

using compliance::BriefingOffered, compliance::Fact;

Fact<std::vector<BriefingOffered>> offered_briefings(platform::Time now) {
  constexpr const char* kSource = "briefings of this program";
  std::vector<BriefingOffered> offered;
  for (const auto& file : embedded::briefings()) {
    const auto json = platform::parse_json(file.text, 256 << 10);
    BriefingOffered briefing;
    const platform::Place place{std::string(file.name)};
    const bool whole = json && json->is_object() && json->contains("id") && json->contains("published") &&
                       platform::read_form((*json)["id"], briefing.id, place) &&
                       platform::read_form((*json)["published"], briefing.published, place);
    if (!whole) return compliance::no_fact<std::vector<BriefingOffered>>({platform::ErrorKind::malformed, place.path}, kSource, now);
    offered.push_back(std::move(briefing));
  }
  std::sort(offered.begin(), offered.end(),
            [](const auto& a, const auto& b) { return a.published > b.published || (a.published == b.published && a.id < b.id); });
  return compliance::fact(std::move(offered), kSource, now);
}

}  // namespace gokajo::agent
