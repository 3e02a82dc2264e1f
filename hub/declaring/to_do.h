/// \file
/// Where a company stands between nothing and two stars: what is done, by whose word, what comes next, and which days come near. Pure, but
/// for what is kept of people's words: declarations of the company (自己申告), of which no PC is told and by which none is judged
/// (hub/company_book.cpp leaves them out).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/declaring/published_page.h"
#include "hub/declaring/reminder.h"
#include "hub/declaring/steps.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Days before it on which a day is told of, and behind it on which it still is; afterwards it stands on the page alone.
inline constexpr int kReviewDaysAhead = 30;
inline constexpr int kGbizIdDaysAhead = 60;
inline constexpr int kToldDaysBehind = 30;

/// A person's word counts so long, but that of a GビズID whose end is known.
inline constexpr std::int64_t kSaidMonths = 12;

/// A person said that a step is done. Counts to the end of `until`; of the GビズID that is the day its account ends, where it is known.
struct SaidDone {
  std::string who;
  Time at{};
  Time until{};
};

/// `questions_answered`, `questions`: of the 自社診断. `counting`, `ended`: what people said, by step. `published`: what the last look at
/// the published policy showed, while it counts (kPageCounts), and on which day of the company it was taken.
struct DeclaringFacts {
  CompanySheet sheet;
  std::int64_t questions_answered = 0;
  std::int64_t questions = 0;
  std::map<DeclaringStep, SaidDone> counting;
  std::map<DeclaringStep, SaidDone> ended;
  std::optional<Published> published;
  std::string looked_on;
};

/// What shows that a step is done. person: their word. sheet: what the company sheet holds of the declaration. answers: the 25 questions.
/// page: the published policy was found where the company says it is.
enum class DoneBy { nobody, person, sheet, answers, page };

/// Whether a person is asked whether this step is done; all others the hub knows by itself.
bool is_said_by_person(DeclaringStep step);

/// Whether a declaration is a person's word about a step.
bool is_declaring_word(const compliance::Declaration& declaration);

/// Puts what people said into `facts`.
void set_said(const std::vector<KeptDeclaration>& declarations, Time now, DeclaringFacts& facts);

/// The word of a person, or (none) that it is taken back. Inside a transaction; tells the record (操作の記録). Errors: those of the store.
platform::Status say_step(Store& store, const std::string& tenant, DeclaringStep step, const std::optional<SaidDone>& word,
                          const std::string& who, Time now);

struct DeclaringState {
  const DeclaringStepText* step = nullptr;
  DoneBy by = DoneBy::nobody;
  std::optional<SaidDone> said;
  std::optional<SaidDone> ended;
  bool done() const { return by != DoneBy::nobody; }
};

/// In their order; `steps` must live as long. `today`: a day of the company, "2026-11-27". The number of an ID is good by its form
/// (hub/declaration_id.h); one of the new form shows that there was a GビズID, for the new system lets nobody in without, and a star that
/// was declared shows that the company decided for the rules. A review is done while the next one lies ahead.
std::vector<DeclaringState> declaring_to_do(const DeclaringSteps& steps, const DeclaringFacts& facts, const std::string& today);

/// Whether every step that this star needs but declaring it is done; the review is advice and needed for none.
bool is_ready_for(std::int64_t star, const std::vector<DeclaringState>& states);

/// By the days people typed in, and by the end of their words, alone. Subsidies remind of nothing.
std::vector<DeclaringReminder> declaring_reminders(const DeclaringFacts& facts, const std::string& today);

}  // namespace gokajo::hub
