#include "hub/diagnosis/sheet.h"

#include <algorithm>
#include <cassert>

#include "platform/embedded.h"

namespace gokajo::embedded {
std::span<const File> hub_diagnosis_data();
}  // namespace gokajo::embedded

namespace gokajo::hub {

using platform::Done, platform::Place, platform::Result, platform::Status;

namespace {

constexpr const char* kFormat = "gokajo-diagnosis/1";
constexpr std::size_t kMaxBytes = std::size_t{1} << 18U;
constexpr std::size_t kMostQuestions = 100;
// Of one answer, either way: sums stay far from what a number holds.
constexpr std::int64_t kMostPoints = 1000;

bool has(const std::vector<std::string>& all, const std::string& one) { return std::find(all.begin(), all.end(), one) != all.end(); }

Status parts_fit(const DiagnosisSheet& sheet, const Place& top) {
  const auto count = static_cast<std::int64_t>(sheet.questions.size());
  std::int64_t next = 1, number = 0;
  for (const auto& part : sheet.parts) {
    if (part.number != ++number || part.first != next || part.last < part.first || part.last > count)
      return platform::misplaced(top.key("parts"), "part " + std::to_string(part.number) + " does not follow the one before");
    next = part.last + 1;
  }
  if (next != count + 1) return platform::misplaced(top.key("parts"), "they are of another number of questions");
  return Done{};
}

Status bands_fit(const DiagnosisSheet& sheet, const Place& top) {
  const auto count = static_cast<std::int64_t>(sheet.questions.size());
  auto bands = sheet.bands;
  std::sort(bands.begin(), bands.end(), [](const DiagnosisBand& a, const DiagnosisBand& b) { return a.least < b.least; });
  auto next = count * sheet.points.unsure;
  const auto most = count * sheet.points.done;
  for (const auto& band : bands) {
    if (band.least != next || band.most < band.least || band.most > most)
      return platform::misplaced(top.key("bands"), "a gap or an overlap before " + std::to_string(band.least));
    next = band.most + 1;
  }
  if (next != most + 1) return platform::misplaced(top.key("bands"), "they end before the most points");
  return Done{};
}

Status checks_fit(const DiagnosisQuestion& question, const Place& place) {
  for (const auto& check : question.contradicts)
    if (!has(question.decides, check)) return platform::misplaced(place.key("contradicts"), check + " does not decide");
  for (const auto& check : question.beside)
    if (has(question.decides, check)) return platform::misplaced(place.key("beside"), check + " decides");
  const bool decides = question.ceiling == Ceiling::done || question.ceiling == Ceiling::partly;
  if (decides == question.decides.empty()) return platform::misplaced(place.key("decides"), "does not fit the ceiling");
  const bool shows = question.ceiling != Ceiling::person;
  if (!decides && shows == question.beside.empty()) return platform::misplaced(place.key("beside"), "does not fit the ceiling");
  // Of devices outside somebody must have spoken before PCs speak for the whole company.
  if ((question.ceiling == Ceiling::done) != question.outside.has_value())
    return platform::misplaced(place.key("outside"), "does not fit the ceiling");
  return Done{};
}

Status questions_fit(const DiagnosisSheet& sheet, const Place& top) {
  std::vector<std::string> sources;
  for (const auto& source : sheet.sources) sources.push_back(source.id);
  std::int64_t number = 0;
  const auto list = top.key("questions");
  for (const auto& question : sheet.questions) {
    const auto place = list.index(static_cast<std::size_t>(number));
    if (question.number != ++number) return platform::misplaced(place.key("number"), "not the next number");
    const auto part = std::find_if(sheet.parts.begin(), sheet.parts.end(),
                                   [&](const DiagnosisPart& one) { return one.first <= question.number && question.number <= one.last; });
    if (part == sheet.parts.end() || part->number != question.part) return platform::misplaced(place.key("part"), "of another part");
    for (const auto& source : question.sources)
      if (!has(sources, source)) return platform::misplaced(place.key("sources"), "no source " + source);
    if (auto status = checks_fit(question, place); !status) return status;
  }
  return Done{};
}

}  // namespace

std::int64_t DiagnosisPoints::of(Level level) const {
  switch (level) {
    case Level::done:
      return done;
    case Level::partly:
      return partly;
    case Level::not_done:
      return not_done;
    case Level::unsure:
      break;
  }
  return unsure;
}

const DiagnosisQuestion* DiagnosisSheet::question(std::int64_t number) const {
  if (number < 1 || number > static_cast<std::int64_t>(questions.size())) return nullptr;
  return &questions[static_cast<std::size_t>(number - 1)];
}

Result<DiagnosisSheet> read_diagnosis_sheet(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxBytes);
  if (!json) return json.error();
  DiagnosisSheet sheet;
  const Place top{"diagnosis"};
  if (auto status = platform::read_form(*json, sheet, top); !status) return status.error();
  if (sheet.format != kFormat) return platform::misplaced(top.key("format"), std::string("expected \"") + kFormat + "\"");
  if (sheet.valid_months < 1) return platform::misplaced(top.key("valid_months"), "less than 1");
  const auto& points = sheet.points;
  if (points.done <= points.partly || points.partly <= points.not_done || points.not_done <= points.unsure)
    return platform::misplaced(top.key("points"), "not from most to least");
  if (points.done > kMostPoints || points.unsure < -kMostPoints) return platform::misplaced(top.key("points"), "too many");
  if (sheet.questions.empty() || sheet.questions.size() > kMostQuestions)
    return platform::misplaced(top.key("questions"), "too few or too many");
  for (const auto fit : {parts_fit, bands_fit, questions_fit})
    if (auto status = fit(sheet, top); !status) return status.error();
  return sheet;
}

const DiagnosisSheet& diagnosis_sheet() {
  static const DiagnosisSheet kSheet = [] {
    for (const auto& file : embedded::hub_diagnosis_data())
      if (file.name == "questions_25.json")
        if (auto sheet = read_diagnosis_sheet(file.text)) return std::move(*sheet);
    assert(false);  // a test reads the file; nothing else is compiled in
    return DiagnosisSheet{};
  }();
  return kSheet;
}

}  // namespace gokajo::hub
