/// \file
/// The result of a 自社診断: what PCs say and what people say of each question, which of them counts, points, and what they add up to.
/// Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/diagnosis/machine_answer.h"
#include "platform/time.h"

namespace gokajo::hub {

/// A person's answer (自己申告).
struct PersonAnswer {
  Level level = Level::unsure;
  std::string who;
  platform::Time answered_at{};
  platform::Time valid_until{};
};

/// By number. `counting`: those that count now. `ended`: those whose last day is over; they are shown and count for nothing.
struct PersonAnswers {
  std::map<std::int64_t, PersonAnswer> counting;
  std::map<std::int64_t, PersonAnswer> ended;
};

/// Whose answer counts. person_less: the person's, but for less than they said, for PCs show that it cannot be so.
enum class Ground { nobody, machine, person, person_less };
BOOST_DESCRIBE_ENUM(Ground, nobody, machine, person, person_less)

/// `counted`: none where nobody answered, which is worth no point and takes none. `differ`: PCs and the person do not say the same; both
/// are shown then.
struct QuestionResult {
  const DiagnosisQuestion* question = nullptr;
  MachineAnswer machine;
  std::optional<PersonAnswer> person;
  std::optional<PersonAnswer> ended;
  std::optional<Level> counted;
  Ground ground = Ground::nobody;
  std::int64_t points = 0;
  bool differ = false;
};

struct PartResult {
  const DiagnosisPart* part = nullptr;
  std::int64_t points = 0;
  std::int64_t most = 0;
};

/// `band`: none before every question has an answer, for the total says too little until then.
struct DiagnosisResult {
  std::vector<QuestionResult> questions;
  std::vector<PartResult> parts;
  std::int64_t total = 0;
  std::int64_t most = 0;
  std::int64_t answered = 0;
  const DiagnosisBand* band = nullptr;
};

/// `sheet` must live as long as the result. What a person says counts, but: わからない gives way to what PCs show; and where they show that
/// 実施している cannot be, it counts as 一部実施している at most (実施していない where they show that nothing is done).
DiagnosisResult diagnosis_result(const DiagnosisSheet& sheet, const CompanyFacts& facts, const PersonAnswers& people);

}  // namespace gokajo::hub
