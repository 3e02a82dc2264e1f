#include "hub/diagnosis/history.h"

#include <charconv>
#include <string_view>

namespace gokajo::hub {

using platform::Result;

namespace {

// Results of one day stand together; more of them are not looked through.
constexpr std::size_t kMostRead = 500;
constexpr std::size_t kMostParts = 20;

// Takes what it expects from the front of a text.
class Cutting {
 public:
  explicit Cutting(std::string_view text) : text_(text) {}
  bool word(std::string_view expected) {
    if (!text_.starts_with(expected)) return false;
    text_.remove_prefix(expected.size());
    return true;
  }
  bool number(std::int64_t& out) {
    const auto read = std::from_chars(text_.data(), text_.data() + text_.size(), out);
    if (read.ec != std::errc()) return false;
    text_.remove_prefix(static_cast<std::size_t>(read.ptr - text_.data()));
    return true;
  }
  bool ended() const { return text_.empty(); }

 private:
  std::string_view text_;
};

}  // namespace

const char* const kDiagnosisResult = "diagnosis.result";

PastResult past_of(const DiagnosisResult& result) {
  PastResult past{result.total, {}, result.answered, static_cast<std::int64_t>(result.questions.size()), {}, {}};
  for (const auto& part : result.parts) past.parts.push_back(part.points);
  return past;
}

std::string result_text(const PastResult& result) {
  std::string text = std::to_string(result.total);
  for (std::size_t i = 0; i < result.parts.size(); ++i) text += (i == 0 ? " = " : " + ") + std::to_string(result.parts[i]);
  return text + " (" + std::to_string(result.answered) + "/" + std::to_string(result.asked) + ")";
}

std::optional<PastResult> result_in(const std::string& text) {
  PastResult result;
  Cutting cutting(text);
  if (!cutting.number(result.total)) return std::nullopt;
  while (result.parts.size() < kMostParts && cutting.word(result.parts.empty() ? " = " : " + "))
    if (!cutting.number(result.parts.emplace_back())) return std::nullopt;
  const bool whole = cutting.word(" (") && cutting.number(result.answered) && cutting.word("/") && cutting.number(result.asked) &&
                     cutting.word(")") && cutting.ended();
  return whole ? std::optional(result) : std::nullopt;
}

Result<std::vector<PastResult>> past_results(Store& store, const Company& company, const DiagnosisSheet& sheet, std::size_t limit) {
  const auto deeds = store.deeds_matching(company.id, {{}, kDiagnosisResult}, 0, kMostRead);
  if (!deeds) return deeds.error();
  std::vector<PastResult> results;
  const auto day_of = [&](Time at) { return platform::local_day(at, static_cast<int>(company.offset_minutes)); };
  for (const auto& deed : *deeds) {
    if (results.size() >= limit) break;
    if (deed.subject != sheet.edition || (!results.empty() && day_of(results.back().at) == day_of(deed.at))) continue;
    auto result = result_in(deed.after);
    if (!result || result->parts.size() != sheet.parts.size()) continue;
    result->who = deed.who;
    result->at = deed.at;
    results.push_back(std::move(*result));
  }
  return results;
}

}  // namespace gokajo::hub
