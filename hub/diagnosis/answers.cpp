#include "hub/diagnosis/answers.h"

#include <charconv>

#include "hub/answers.h"
#include "hub/diagnosis/history.h"

namespace gokajo::hub {

using platform::Done, platform::Status;

namespace {

// Neither the id of a check nor that of a pack's question, which may hold no such pair of words.
constexpr std::string_view kQuestion = "diagnosis.";

std::string question_of(const DiagnosisSheet& sheet) { return std::string(kQuestion) + sheet.edition; }

std::optional<std::int64_t> number_in(const std::string& about) {
  std::int64_t number = 0;
  const auto read = std::from_chars(about.data(), about.data() + about.size(), number);
  return read.ec == std::errc() && read.ptr == about.data() + about.size() ? std::optional(number) : std::nullopt;
}

std::string name_of(Level level) { return boost::describe::enum_to_string(level, ""); }

// One person's taking of answers.
class Taking {
 public:
  Taking(Store& store, const DiagnosisSheet& sheet, const Company& company, const PersonAnswers& before, const std::string& who, Time now)
      : store_(store), sheet_(sheet), company_(company), before_(before), who_(who), now_(now) {}

  Status change(std::int64_t number, std::optional<Level> level) {
    const auto found = before_.counting.find(number);
    const auto old = found == before_.counting.end() ? "" : name_of(found->second.level);
    if (level) {
      if (auto put = put_answer(number, *level); !put) return put;
    } else {
      if (found == before_.counting.end()) return Done{};
      auto kept = declaration_of(number, found->second.level, found->second.who, found->second.answered_at, found->second.valid_until);
      kept.withdrawn = now_;
      if (auto put = store_.put_declaration(company_.id, kept); !put) return put;
    }
    return tell("diagnosis.answer", std::to_string(number), old, level ? name_of(*level) : "");
  }

  Status renew(const std::vector<std::int64_t>& numbers) {
    std::string renewed;
    for (const auto number : numbers) {
      const auto found = before_.counting.find(number);
      // What has ended is asked for anew, not renewed.
      if (found == before_.counting.end()) continue;
      if (auto put = put_answer(number, found->second.level); !put) return put;
      renewed += (renewed.empty() ? "" : ", ") + std::to_string(number);
    }
    return renewed.empty() ? Status(Done{}) : tell("diagnosis.renew", renewed, "", "");
  }

  Status tell(const std::string& what, const std::string& subject, const std::string& before, const std::string& after) {
    return store_.add_deed({company_.id, now_, who_, what, subject, before, after});
  }

 private:
  Status put_answer(std::int64_t number, Level level) {
    return store_.put_declaration(
        company_.id, declaration_of(number, level, who_, now_, months_later(now_, sheet_.valid_months, company_.offset_minutes)));
  }

  KeptDeclaration declaration_of(std::int64_t number, Level level, const std::string& who, Time answered, Time until) const {
    return {"", {question_of(sheet_), std::to_string(number), name_of(level), who, answered, until}, std::nullopt};
  }

  Store& store_;
  const DiagnosisSheet& sheet_;
  const Company& company_;
  const PersonAnswers& before_;
  const std::string& who_;
  Time now_;
};

}  // namespace

bool is_diagnosis_answer(const compliance::Declaration& declaration) { return declaration.question.starts_with(kQuestion); }

std::optional<std::int64_t> diagnosis_number(const compliance::Declaration& declaration) {
  return is_diagnosis_answer(declaration) ? number_in(declaration.about) : std::nullopt;
}

PersonAnswers person_answers(const DiagnosisSheet& sheet, const std::vector<KeptDeclaration>& declarations, Time now) {
  PersonAnswers answers;
  const auto question = question_of(sheet);
  for (const auto& kept : declarations) {
    const auto& one = kept.declaration;
    if (!kept.device.empty() || kept.withdrawn || one.question != question) continue;
    const auto number = number_in(one.about);
    Level level{};
    if (!number || !sheet.question(*number) || !boost::describe::enum_from_string(one.answer.c_str(), level)) continue;
    (has_ended(kept, now) ? answers.ended : answers.counting)
        .emplace(*number, PersonAnswer{level, one.who, one.answered_at, one.valid_until});
  }
  return answers;
}

Status take_diagnosis(Store& store, const DiagnosisSheet& sheet, const Company& company, const CompanyFacts& facts,
                      const DiagnosisAnswers& answers, const std::string& who, Time now) {
  const auto kept = store.declarations(company.id);
  if (!kept) return kept.error();
  const auto before = person_answers(sheet, *kept, now);
  Taking taking(store, sheet, company, before, who, now);
  for (const auto& [number, level] : answers.changed)
    if (auto changed = taking.change(number, level); !changed) return changed;
  if (auto renewed = taking.renew(answers.renewed); !renewed) return renewed;
  const auto then = store.declarations(company.id);
  if (!then) return then.error();
  const auto past = past_results(store, company, sheet, 1);
  if (!past) return past.error();
  const auto result = diagnosis_result(sheet, facts, person_answers(sheet, *then, now));
  return taking.tell(kDiagnosisResult, sheet.edition, past->empty() ? "" : result_text(past->front()), result_text(past_of(result)));
}

}  // namespace gokajo::hub
