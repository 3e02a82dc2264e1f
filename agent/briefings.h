/// \file
/// The briefings that travel inside the program (agent/briefings/*.json, docs/schema/briefing.schema.json).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/text.h"
#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::agent {

/// `right`: index of the right choice.
struct BriefingQuestion {
  compliance::Text ask;
  std::vector<compliance::Text> choices;
  std::int64_t right = 0;
  compliance::Text because;
};
BOOST_DESCRIBE_STRUCT(BriefingQuestion, (), (ask, choices, right, because))

struct BriefingSource {
  std::string title;
  std::string url;
};
BOOST_DESCRIBE_STRUCT(BriefingSource, (), (title, url))

/// `published`: a calendar day. `minutes`: to read it and answer.
struct Briefing {
  std::string format;
  std::string id;
  platform::Time published{};
  std::int64_t minutes = 0;
  compliance::Text title;
  compliance::Text what_happens;
  std::vector<compliance::Text> how_to_notice;
  std::vector<compliance::Text> what_to_do;
  std::vector<BriefingQuestion> questions;
  std::vector<BriefingSource> sources;
};
BOOST_DESCRIBE_STRUCT(Briefing, (), (format, id, published, minutes, title, what_happens, how_to_notice, what_to_do, questions, sources))

inline constexpr const char* kBriefingFormat = "gokajo-briefing/1";

/// Refused with place and expectation: another format, a `right` that names no choice.
platform::Result<Briefing> read_briefing(std::string_view text);

/// All that are compiled in, the newest first. A test reads every file.
const std::vector<Briefing>& built_in_briefings();

/// The newest that is published by `now`, or nullptr.
const Briefing* current_briefing(platform::Time now);

}  // namespace gokajo::agent
