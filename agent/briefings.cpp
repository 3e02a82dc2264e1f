#include "agent/briefings.h"

#include <algorithm>

#include "platform/embedded.h"
#include "platform/json_form.h"

namespace gokajo::agent {

using platform::Place;

namespace {

constexpr std::size_t kMaxBriefingBytes = 256U << 10U;

}  // namespace

platform::Result<Briefing> read_briefing(std::string_view text) {
  auto json = platform::parse_json(text, kMaxBriefingBytes);
  if (!json) return json.error();
  Briefing briefing;
  if (auto status = platform::read_form(*json, briefing, Place{}); !status) return status.error();
  if (briefing.format != kBriefingFormat) return platform::misplaced(Place{"format"}, std::string("expected \"") + kBriefingFormat + "\"");
  for (std::size_t i = 0; i < briefing.questions.size(); ++i) {
    const auto& question = briefing.questions[i];
    if (question.right < 0 || question.right >= static_cast<std::int64_t>(question.choices.size()))
      return platform::misplaced(Place{}.key("questions").index(i).key("right"), "expected the index of a choice");
  }
  return briefing;
}

const std::vector<Briefing>& built_in_briefings() {
  static const std::vector<Briefing> briefings = [] {
    std::vector<Briefing> all;
    for (const auto& file : embedded::briefings())
      if (auto briefing = read_briefing(file.text)) all.push_back(std::move(*briefing));
    std::sort(all.begin(), all.end(), [](const Briefing& a, const Briefing& b) {
      return a.published > b.published || (a.published == b.published && a.id < b.id);
    });
    return all;
  }();
  return briefings;
}

const Briefing* current_briefing(platform::Time now) {
  for (const auto& briefing : built_in_briefings())
    if (briefing.published <= now) return &briefing;
  return nullptr;
}

}  // namespace gokajo::agent
