#include "hub/scs3/answers.h"

#include "hub/answers.h"

namespace gokajo::hub {

using platform::Done, platform::Status;

namespace {

// Neither the id of a check nor that of a pack's question, which may hold no such pair of words.
constexpr std::string_view kQuestion = "scs3.";

std::string question_of(const ScsFacts& facts) { return std::string(kQuestion) + facts.edition; }

std::string name_of(Level level) { return boost::describe::enum_to_string(level, ""); }

}  // namespace

bool is_scs_answer(const compliance::Declaration& declaration) { return declaration.question.starts_with(kQuestion); }

ScsAnswers scs_answers(const ScsFacts& facts, const std::vector<KeptDeclaration>& declarations, Time now) {
  ScsAnswers answers;
  const auto question = question_of(facts);
  for (const auto& kept : declarations) {
    const auto& one = kept.declaration;
    Level level{};
    if (!kept.device.empty() || kept.withdrawn || one.question != question) continue;
    if (!facts.criterion(one.about) || !boost::describe::enum_from_string(one.answer.c_str(), level)) continue;
    (has_ended(kept, now) ? answers.ended : answers.counting)
        .emplace(one.about, PersonAnswer{level, one.who, one.answered_at, one.valid_until});
  }
  return answers;
}

Status take_scs_answers(Store& store, const ScsFacts& facts, const Company& company, const ScsChanges& changes, const std::string& who,
                        Time now) {
  const auto kept = store.declarations(company.id);
  if (!kept) return kept.error();
  const auto before = scs_answers(facts, *kept, now);
  for (const auto& [id, level] : changes) {
    const auto found = before.counting.find(id);
    const bool counted = found != before.counting.end();
    if (!level && !counted) continue;
    KeptDeclaration put{"",
                        {question_of(facts), id, level ? name_of(*level) : name_of(found->second.level), level ? who : found->second.who,
                         level ? now : found->second.answered_at,
                         level ? months_later(now, facts.valid_months, company.offset_minutes) : found->second.valid_until},
                        level ? std::nullopt : std::optional(now)};
    if (auto done = store.put_declaration(company.id, put); !done) return done;
    if (auto told = store.add_deed(
            {company.id, now, who, "scs.answer", id, counted ? name_of(found->second.level) : "", level ? name_of(*level) : ""});
        !told)
      return told;
  }
  return Done{};
}

}  // namespace gokajo::hub
