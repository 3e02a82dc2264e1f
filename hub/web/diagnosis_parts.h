/// \file
/// What the pages of the 自社診断 share: its levels, and what PCs and people say of a question, in words.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hub/diagnosis/view.h"
#include "hub/web/parts.h"

namespace gokajo::hub {

/// 実施している …
const std::string& level_text(const Visit& visit, Level level);

/// "q-7": where a question stands on a page.
std::string place_of(const DiagnosisQuestion& question);

/// What PCs say of it: `pc_says`, `why_not` (list), `proof` (list: check, counts, PCs that fail).
PageData machine_data(const Visit& visit, const DiagnosisView& view, const QuestionResult& one);

/// "適合12台", by verdict, of the PCs that are heard; none where there are none yet.
std::vector<std::pair<compliance::Verdict, std::string>> counts_of(const Visit& visit, const CheckSeen& seen);

using FailingPcs = std::map<std::string, std::vector<FailingPc>>;

/// What PCs show of one check: its name and counts, and some of the PCs that fail (`failing`: by check).
PageData proof_data(const Visit& visit, const CheckProof& proof, const FailingPcs& failing);

/// Text, who, day, until.
PageData answer_data(const Visit& visit, const PersonAnswer& answer);

/// The person's answer as `said`: text, who, day, until; or as `ended` the one whose last day is over.
void set_person(const Visit& visit, const QuestionResult& one, PageData& data);

}  // namespace gokajo::hub
