#include "hub/declaring/steps.h"

#include <algorithm>
#include <cassert>
#include <initializer_list>

#include "platform/embedded.h"

namespace gokajo::embedded {
std::span<const File> hub_declaring_data();
}  // namespace gokajo::embedded

namespace gokajo::hub {

using platform::Done, platform::Place, platform::Result, platform::Status;

namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 18U;
constexpr std::size_t kDayLength = 10;

bool is_day(const std::string& text) { return text.size() == kDayLength && platform::parse_time(text); }

Status sources_fit(const std::vector<DeclaringSource>& known, const std::vector<std::string>& named, const Place& place) {
  for (const auto& id : named)
    if (std::none_of(known.begin(), known.end(), [&](const DeclaringSource& one) { return one.id == id; }))
      return platform::misplaced(place, "no source " + id);
  return Done{};
}

bool says_one_of(const std::string& text, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return text.find(word) != std::string::npos; });
}

Status hint_fits(const std::vector<DeclaringSource>& known, const DeclaringHint& hint, const Place& place) {
  if (hint.confidence == Confidence::low && !says_one_of(hint.text.ja, {"という資料", "見つかっていません", "わかっていません"}))
    return platform::misplaced(place.key("text"), "low confidence, worded as if it were sure");
  if (hint.confidence == Confidence::medium && !says_one_of(hint.text.ja, {"とされ", "とみられ", "見つかっていません"}))
    return platform::misplaced(place.key("text"), "medium confidence, worded as if it were sure");
  return sources_fit(known, hint.sources, place.key("sources"));
}

template <class File>
Result<File> read_file(std::string_view text, const char* format, const char* name) {
  const auto json = platform::parse_json(text, kMaxBytes);
  if (!json) return json.error();
  File file;
  const Place top{name};
  if (auto status = platform::read_form(*json, file, top); !status) return status.error();
  if (file.format != format) return platform::misplaced(top.key("format"), std::string("expected \"") + format + "\"");
  if (!is_day(file.as_of)) return platform::misplaced(top.key("as_of"), "no day");
  return file;
}

std::string_view embedded_text(std::string_view name) {
  for (const auto& file : embedded::hub_declaring_data())
    if (file.name == name) return file.text;
  return {};
}

}  // namespace

Result<DeclaringSteps> read_declaring_steps(std::string_view text) {
  auto file = read_file<DeclaringSteps>(text, "gokajo-declaring/1", "declaring");
  if (!file) return file;
  const Place top{"declaring"};
  const auto list = top.key("steps");
  std::size_t at = 0;
  for (const auto& step : file->steps) {
    const auto place = list.index(at);
    if (static_cast<std::size_t>(step.id) != at++) return platform::misplaced(place.key("id"), "not the next step");
    if (step.star != 1 && step.star != 2) return platform::misplaced(place.key("star"), "neither 1 nor 2");
    if (auto fit = sources_fit(file->sources, step.sources, place.key("sources")); !fit) return fit.error();
    const auto hints = place.key("hints");
    for (std::size_t i = 0; i < step.hints.size(); ++i)
      if (auto fit = hint_fits(file->sources, step.hints[i], hints.index(i)); !fit) return fit.error();
  }
  if (at != static_cast<std::size_t>(DeclaringStep::review) + 1) return platform::misplaced(list, "a step is missing");
  return file;
}

Result<Subsidies> read_subsidies(std::string_view text) {
  auto file = read_file<Subsidies>(text, "gokajo-subsidies/1", "subsidies");
  if (!file) return file;
  const Place top{"subsidies"};
  const auto list = top.key("schemes");
  for (std::size_t i = 0; i < file->schemes.size(); ++i) {
    const auto place = list.index(i);
    const auto& scheme = file->schemes[i];
    if (!scheme.last_deadline.empty() && !is_day(scheme.last_deadline)) return platform::misplaced(place.key("last_deadline"), "no day");
    if (auto fit = hint_fits(file->sources, scheme.star, place.key("star")); !fit) return fit.error();
    if (auto fit = sources_fit(file->sources, scheme.sources, place.key("sources")); !fit) return fit.error();
  }
  return file;
}

const DeclaringSteps& declaring_steps() {
  static const DeclaringSteps kSteps = [] {
    auto steps = read_declaring_steps(embedded_text("steps.json"));
    assert(steps);  // a test reads the file; nothing else is compiled in
    return steps ? std::move(*steps) : DeclaringSteps{};
  }();
  return kSteps;
}

const Subsidies& subsidies() {
  static const Subsidies kSubsidies = [] {
    auto all = read_subsidies(embedded_text("subsidies.json"));
    assert(all);
    return all ? std::move(*all) : Subsidies{};
  }();
  return kSubsidies;
}

}  // namespace gokajo::hub
