/// \file
/// From nothing to one star and two stars of SECURITY ACTION, and the subsidies that ask for them, as data (hub/declaring/data). What was
/// only read somewhere is worded so, and every page says as of when. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hub/diagnosis/sheet.h"

namespace gokajo::hub {

/// In this order.
enum class DeclaringStep { gbizid, rules, star_one, questions, policy, star_two, review };
BOOST_DESCRIBE_ENUM(DeclaringStep, gbizid, rules, star_one, questions, policy, star_two, review)

/// `address`: empty where the source has none that could be opened.
struct DeclaringSource {
  std::string id;
  std::string address;
  compliance::Text what;
  Confidence confidence = Confidence::low;
};
BOOST_DESCRIBE_STRUCT(DeclaringSource, (), (id, address, what, confidence))

/// medium is worded as what is said (とされます), low as material that there is (という資料があります). No source: advice of ours.
struct DeclaringHint {
  compliance::Text text;
  Confidence confidence = Confidence::low;
  std::vector<std::string> sources;
};
BOOST_DESCRIBE_STRUCT(DeclaringHint, (), (text, confidence, sources))

/// `star`: for which it is needed. `name`: for a cell of a table.
struct DeclaringStepText {
  DeclaringStep id = DeclaringStep::gbizid;
  std::int64_t star = 0;
  compliance::Text name;
  compliance::Text text;
  Confidence confidence = Confidence::low;
  std::vector<std::string> sources;
  std::vector<DeclaringHint> hints;
};
BOOST_DESCRIBE_STRUCT(DeclaringStepText, (), (id, star, name, text, confidence, sources, hints))

/// `as_of`: "2026-11-22".
struct DeclaringSteps {
  std::string format;
  std::string about;
  std::string as_of;
  std::vector<DeclaringSource> sources;
  std::vector<DeclaringStepText> steps;
};
BOOST_DESCRIBE_STRUCT(DeclaringSteps, (), (format, about, as_of, sources, steps))

/// `star`: what it asks for. `last_deadline`: the last one that is known, "2026-08-25", or empty. `stale`: was over or not to be relied
/// upon when the file was made.
struct Subsidy {
  std::string id;
  compliance::Text name;
  compliance::Text region;
  std::int64_t year = 0;
  DeclaringHint star;
  std::string last_deadline;
  Confidence deadline_confidence = Confidence::low;
  bool stale = true;
  compliance::Text stale_reason;
  Confidence confidence = Confidence::low;
  std::vector<std::string> sources;
  /// On this day ("2026-11-27").
  bool is_history(const std::string& today) const { return stale || (!last_deadline.empty() && last_deadline < today); }
};
BOOST_DESCRIBE_STRUCT(Subsidy, (),
                      (id, name, region, year, star, last_deadline, deadline_confidence, stale, stale_reason, confidence, sources))

struct Subsidies {
  std::string format;
  std::string about;
  std::string as_of;
  std::vector<DeclaringSource> sources;
  std::vector<Subsidy> schemes;
};
BOOST_DESCRIBE_STRUCT(Subsidies, (), (format, about, as_of, sources, schemes))

/// Error{malformed} with the place: another shape, steps out of order, a day that is none, a source that is not there, and a sentence of
/// low confidence that is worded as if it were sure.
platform::Result<DeclaringSteps> read_declaring_steps(std::string_view text);
platform::Result<Subsidies> read_subsidies(std::string_view text);

/// Those that are compiled in.
const DeclaringSteps& declaring_steps();
const Subsidies& subsidies();

}  // namespace gokajo::hub
