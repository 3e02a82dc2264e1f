/// \file
/// Earlier results of a company's 自社診断. Each is a line of the record (操作の記録), written when a person saved answers, and kept as
/// long as the record is (kKeepDeeds of hub/chores.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/diagnosis/result.h"
#include "hub/store.h"

namespace gokajo::hub {

/// The word of these deeds; their subject is the edition.
extern const char* const kDiagnosisResult;

struct PastResult {
  std::int64_t total = 0;
  std::vector<std::int64_t> parts;
  std::int64_t answered = 0;
  std::int64_t asked = 0;
  std::string who;
  Time at{};
};

/// Without who and when.
PastResult past_of(const DiagnosisResult& result);

/// "66 = 18 + 34 + 14 (25/25)", and back; nullopt where it is none.
std::string result_text(const PastResult& result);
std::optional<PastResult> result_in(const std::string& text);

/// Of this edition, the newest first, of each day of the company the last; at most `limit`.
platform::Result<std::vector<PastResult>> past_results(Store& store, const Company& company, const DiagnosisSheet& sheet,
                                                       std::size_t limit);

}  // namespace gokajo::hub
