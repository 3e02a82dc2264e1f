/// \file
/// Facts of the topic "threats": which briefings there are, and who has read which.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// A briefing that a person read and whose questions were answered right, as `gokajo learn` writes it into the person's own briefings.json.
struct BriefingRead {
  std::string id;
  Time understood_at{};
  std::int64_t answers_right = 0;
};
BOOST_DESCRIBE_STRUCT(BriefingRead, (), (id, understood_at, answers_right))

/// The file: $XDG_STATE_HOME/gokajo/briefings.json, else ~/.local/state/gokajo/briefings.json; on Windows %LOCALAPPDATA%\Gokajo.
struct BriefingsRead {
  std::string format;
  std::vector<BriefingRead> read;
};
BOOST_DESCRIBE_STRUCT(BriefingsRead, (), (format, read))

inline constexpr const char* kBriefingsReadFormat = "gokajo-briefings-read/1";

/// A briefing that `gokajo learn` offers. `published`: a calendar day.
struct BriefingOffered {
  std::string id;
  Time published{};
};
BOOST_DESCRIBE_STRUCT(BriefingOffered, (), (id, published))

/// An account that a person signs in with. `read` is empty when the person has read nothing yet.
struct BriefingReader {
  std::string name;
  Fact<std::vector<BriefingRead>> read;
};
BOOST_DESCRIBE_STRUCT(BriefingReader, (), (name, read))

/// `offered` comes with the agent, not from the PC. `people`: by uid in decimal (SID on Windows).
struct Threats {
  Fact<std::vector<BriefingOffered>> offered;
  Fact<std::map<std::string, BriefingReader>> people;
};
BOOST_DESCRIBE_STRUCT(Threats, (), (offered, people))

}  // namespace gokajo::compliance
