#include "agent/questions.h"

#include <algorithm>

#include "compliance/thing_question.h"
#include "platform/json_form.h"

namespace gokajo::agent {

using compliance::Pack;
using platform::Json;

namespace {

constexpr std::size_t kMaxScanBytes = 32U << 20U;
constexpr int kJapan = 540;

std::string text_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

Question about_thing(const std::string& check, const std::string& thing) {
  return {check, thing, compliance::ask_about(check, thing), compliance::thing_choices(), compliance::kThingMonths};
}

void add_once(std::vector<Question>& questions, Question question) {
  const auto same = [&](const Question& other) { return other.id == question.id && other.about == question.about; };
  if (std::none_of(questions.begin(), questions.end(), same)) questions.push_back(std::move(question));
}

void add_finding(std::vector<Question>& questions, const Pack& pack, const Json& finding) {
  const auto check = text_at(finding, "check");
  if (text_at(finding, "verdict") != "ask" || compliance::settling_question(pack, check) || check.starts_with("threats.")) return;
  const auto items = finding.find("items");
  if (items == finding.end() || !items->is_array() || items->empty()) {
    add_once(questions, about_thing(check, ""));
    return;
  }
  for (const auto& item : *items) {
    const Json::json_pointer place("/parameters/name/name");
    const bool named = item.is_object() && item.contains(place) && item.at(place).is_string();
    add_once(questions, about_thing(check, named ? item.at(place).get<std::string>() : ""));
  }
}

}  // namespace

std::vector<Question> open_questions(const Pack& pack, const platform::Result<std::string>& last_scan,
                                     const std::vector<compliance::Declaration>& answered) {
  std::vector<Question> questions;
  questions.reserve(pack.questions.size());
  for (const auto& question : pack.questions) questions.push_back({question.id, "", question.ask, question.choices, question.valid_months});
  const auto scan = last_scan ? platform::parse_json(*last_scan, kMaxScanBytes) : platform::Result<Json>(last_scan.error());
  if (scan && scan->is_object() && scan->contains("findings") && (*scan)["findings"].is_array())
    for (const auto& finding : (*scan)["findings"])
      if (finding.is_object()) add_finding(questions, pack, finding);
  for (const auto& answer : answered) add_once(questions, about_thing(answer.question, answer.about));
  return questions;
}

platform::Time valid_until(platform::Time from, std::int64_t months) {
  const std::chrono::year_month_day day{platform::local_day(from, kJapan)};
  const auto month = std::chrono::year_month{day.year(), day.month()} + std::chrono::months(months);
  const std::chrono::year_month_day same{month.year(), month.month(), day.day()};
  return std::chrono::sys_days{same.ok() ? same : std::chrono::year_month_day{month / std::chrono::last}};
}

}  // namespace gokajo::agent
