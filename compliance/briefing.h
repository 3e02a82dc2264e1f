/// \file
/// Briefings for the people at a PC: those that travel inside the program (compliance/briefings/*.json, docs/schema/briefing.schema.json),
/// and how one is read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/text.h"
#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::compliance {

/// `right`: index of the right choice.
struct BriefingQuestion {
  Text ask;
  std::vector<Text> choices;
  std::int64_t right = 0;
  Text because;
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
  Text title;
  Text what_happens;
  std::vector<Text> how_to_notice;
  std::vector<Text> what_to_do;
  std::vector<BriefingQuestion> questions;
  std::vector<BriefingSource> sources;
};
BOOST_DESCRIBE_STRUCT(Briefing, (), (format, id, published, minutes, title, what_happens, how_to_notice, what_to_do, questions, sources))

inline constexpr const char* kBriefingFormat = "gokajo-briefing/1";

inline constexpr std::size_t kMaxBriefingBytes = 64U << 10U;

/// Refused with place and expectation: another format, an id that is none (compliance/data_file.h), a control character, a text that lacks
/// a language, no question or more than 9, fewer than 2 choices or more than 9, a `right` that names no choice, more than 20 paragraphs of
/// a kind, minutes other than 1 to 60.
platform::Result<Briefing> read_briefing(std::string_view text);

/// All that are compiled in, the newest first. A test reads every file.
const std::vector<Briefing>& built_in_briefings();

/// Newest first; of one day by id.
void sort_briefings(std::vector<Briefing>& briefings);

/// Whether that is the id of an incident drill, the other kind of briefing: done once a year (SCS ★3, 4-2-2), and none of the month's. It
/// is told by the id alone ("drill-…"), so that a record of it is known for what it is when the briefing itself is long gone.
bool is_drill(std::string_view id);

/// The newest of `sorted` that is published by `now`, or nullptr: no drill; and of drills alone.
const Briefing* current_briefing(const std::vector<Briefing>& sorted, platform::Time now);
const Briefing* current_drill(const std::vector<Briefing>& sorted, platform::Time now);

}  // namespace gokajo::compliance
