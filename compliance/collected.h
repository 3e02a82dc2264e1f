/// \file
/// What Gokajo collects, for the people whose PC it is: every field of the evidence with what it is, what it is for, whether it can concern
/// a person and how long it is kept. Data: compliance/data/collected.json, held against the evidence's schema by a test.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/text.h"
#include "platform/json_form.h"

namespace gokajo::compliance {

/// Whether a field can tell something of a person: `may`: in some offices (a PC named after its user), `yes`: it names one.
enum class Concerns { no, may, yes };
BOOST_DESCRIBE_ENUM(Concerns, no, may, yes)

/// Fields that share what there is to say. `checks`: those that need them; `purpose`: what else they are for. One of both is there.
/// `kept`: ids of Collected::retention, none left out.
struct CollectedGroup {
  std::vector<std::string> fields;
  Text what;
  std::optional<std::vector<std::string>> checks;
  std::optional<Text> purpose;
  Concerns person = Concerns::yes;
  std::vector<std::string> kept;
};
BOOST_DESCRIBE_STRUCT(CollectedGroup, (), (fields, what, checks, purpose, person, kept))

struct CollectedTopic {
  std::string id;
  Text name;
  std::vector<CollectedGroup> groups;
};
BOOST_DESCRIBE_STRUCT(CollectedTopic, (), (id, name, groups))

struct Retention {
  std::string id;
  Text text;
};
BOOST_DESCRIBE_STRUCT(Retention, (), (id, text))

/// `never`: what is not looked at. `stays`: where it is kept. `optional`: what a company can switch off.
struct Collected {
  std::string format;
  std::vector<Text> never;
  std::vector<Text> stays;
  std::vector<Text> optional;
  std::vector<Retention> retention;
  std::vector<CollectedTopic> topics;
};
BOOST_DESCRIBE_STRUCT(Collected, (), (format, never, stays, optional, retention, topics))

inline constexpr const char* kCollectedFormat = "gokajo-collected/1";

/// Refused with place and expectation: another format, a check or retention that is not there, an entry without purpose, an empty text.
platform::Result<Collected> read_collected(std::string_view text);

const Collected& built_in_collected();

/// Every field evidence can hold, by its place in write_evidence() without "value": "updates.pending.manager", "[]" for each entry of a
/// list, "{}" for each name of a map. "*.source" and its like stand for what every fact has beside its value. A form of schema not known
/// here is a field too, so that nothing goes unlisted.
std::vector<std::string> evidence_fields();

/// Fields of a schema (as evidence_schema() gives it), sorted, each once.
std::vector<std::string> fields_of(const platform::Json& schema);

}  // namespace gokajo::compliance
