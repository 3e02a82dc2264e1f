/// \file
/// What a person can be asked: the questions of the pack, and the things of this PC on which the last scan wants a person's word.
#pragma once

#include <string>
#include <vector>

#include "compliance/evidence/declaration.h"
#include "compliance/pack.h"
#include "platform/result.h"

namespace gokajo::agent {

/// `about`: the folder, account or service asked about; empty for the whole company or PC.
struct Question {
  std::string id;
  std::string about;
  compliance::Text ask;
  std::vector<compliance::Choice> choices;
  std::int64_t valid_months = 12;
};

/// `last_scan`: text of the last result (docs/schema/scan.schema.json), or why there is none. Its `ask` findings that no question of the
/// pack settles become one question for each thing, and so does what `answered` already holds of them.
std::vector<Question> open_questions(const compliance::Pack& pack, const platform::Result<std::string>& last_scan,
                                     const std::vector<compliance::Declaration>& answered);

/// The calendar day `months` after `from` (Japan's), the last of the month where there is no such day.
platform::Time valid_until(platform::Time from, std::int64_t months);

}  // namespace gokajo::agent
