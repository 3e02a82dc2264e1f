#include "compliance/briefing.h"

#include <algorithm>

#include "compliance/data_file.h"
#include "platform/embedded.h"
#include "platform/json_form.h"

namespace gokajo::compliance {

using platform::Done, platform::Place, platform::Status, platform::misplaced;

namespace {

constexpr std::size_t kMaxParagraphs = 20;
constexpr std::size_t kMaxChoices = 9;  // answered with one digit

Status in_both(const Text& text, const Place& place) {
  if (text.ja.empty() || text.en.empty()) return misplaced(place, "expected Japanese and English");
  return Done{};
}

Status between(std::size_t least, const std::vector<Text>& texts, std::size_t most, const Place& place) {
  if (texts.size() < least || texts.size() > most)
    return misplaced(place, "expected " + std::to_string(least) + " to " + std::to_string(most));
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (auto status = in_both(texts[i], place.index(i)); !status) return status;
  return Done{};
}

Status validate_question(const BriefingQuestion& question, const Place& place) {
  if (auto status = in_both(question.ask, place.key("ask")); !status) return status;
  if (auto status = between(2, question.choices, kMaxChoices, place.key("choices")); !status) return status;
  if (question.right < 0 || question.right >= static_cast<std::int64_t>(question.choices.size()))
    return misplaced(place.key("right"), "expected the index of a choice");
  return in_both(question.because, place.key("because"));
}

Status validate(const Briefing& briefing) {
  if (briefing.format != kBriefingFormat) return misplaced(Place{"format"}, std::string("expected \"") + kBriefingFormat + "\"");
  if (!is_data_id(briefing.id)) return misplaced(Place{"id"}, "expected at most 64 of a-z, 0-9 and -");
  if (briefing.minutes < 1 || briefing.minutes > 60) return misplaced(Place{"minutes"}, "expected 1 to 60");
  if (auto status = in_both(briefing.title, Place{"title"}); !status) return status;
  if (auto status = in_both(briefing.what_happens, Place{"what_happens"}); !status) return status;
  if (auto status = between(0, briefing.how_to_notice, kMaxParagraphs, Place{"how_to_notice"}); !status) return status;
  if (auto status = between(0, briefing.what_to_do, kMaxParagraphs, Place{"what_to_do"}); !status) return status;
  const Place questions{"questions"};
  if (briefing.questions.empty() || briefing.questions.size() > kMaxChoices) return misplaced(questions, "expected 1 to 9");
  for (std::size_t i = 0; i < briefing.questions.size(); ++i)
    if (auto status = validate_question(briefing.questions[i], questions.index(i)); !status) return status;
  return Done{};
}

}  // namespace

platform::Result<Briefing> read_briefing(std::string_view text) {
  auto json = platform::parse_json(text, kMaxBriefingBytes);
  if (!json) return json.error();
  Briefing briefing;
  if (auto status = platform::read_form(*json, briefing, Place{}); !status) return status.error();
  if (auto status = only_plain_texts(*json, Place{}); !status) return status.error();
  if (auto status = validate(briefing); !status) return status.error();
  return briefing;
}

void sort_briefings(std::vector<Briefing>& briefings) {
  std::sort(briefings.begin(), briefings.end(),
            [](const Briefing& a, const Briefing& b) { return a.published > b.published || (a.published == b.published && a.id < b.id); });
}

const std::vector<Briefing>& built_in_briefings() {
  static const std::vector<Briefing> briefings = [] {
    std::vector<Briefing> all;
    for (const auto& file : embedded::briefings())
      if (auto briefing = read_briefing(file.text)) all.push_back(std::move(*briefing));
    sort_briefings(all);
    return all;
  }();
  return briefings;
}

bool is_drill(std::string_view id) { return id.starts_with("drill-"); }

namespace {

const Briefing* newest(const std::vector<Briefing>& sorted, platform::Time now, bool drill) {
  const auto found =
      std::find_if(sorted.begin(), sorted.end(), [&](const Briefing& one) { return one.published <= now && is_drill(one.id) == drill; });
  return found == sorted.end() ? nullptr : &*found;
}

}  // namespace

const Briefing* current_briefing(const std::vector<Briefing>& sorted, platform::Time now) { return newest(sorted, now, false); }
const Briefing* current_drill(const std::vector<Briefing>& sorted, platform::Time now) { return newest(sorted, now, true); }

}  // namespace gokajo::compliance
