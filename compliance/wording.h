/// \file
/// From ids and parameters to sentences. Data: compliance/wording/<rule>.json and common.json, form in docs/schema/wording.schema.json.
///
/// A sentence holds placeholders "{name}"; how each is written follows from the parameter's type: Count "3", DayCount "41日"/"41 days",
/// Date "2026年11月22日"/"22 November 2026", Name and Version as they are, List joined (the first five, then how many more). "{items}"
/// stands for the items, each rendered by the situation's "item" sentence, joined as a list is; RenderedFinding::items has them all.
/// "{names}" stands for the items' names alone, where the rest of each would make the sentence too long to read.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/finding.h"
#include "compliance/text.h"

namespace gokajo::compliance {

/// One way a check can end. `fix`: numbered steps; `fix_on`: other steps for a system, by os-release ID or family ("debian", "rhel",
/// "windows"), looked up by the names the reader gives. `minutes`: only with a source in `minutes_source`.
struct Situation {
  Verdict verdict = Verdict::unknown;
  Text saw;
  std::optional<Text> item;
  std::optional<Text> why;
  std::optional<std::vector<Text>> fix;
  std::optional<std::map<std::string, std::vector<Text>>> fix_on;
};
BOOST_DESCRIBE_STRUCT(Situation, (), (verdict, saw, item, why, fix, fix_on))

/// `name`: short, for headings. `looks_at`: one or two sentences on what is looked at and how, for explain and docs/checks.md.
/// `limits`: what the check does not see.
struct CheckWording {
  Text name;
  Text looks_at;
  std::optional<Text> limits;
  std::map<std::string, Situation> situations;
};
BOOST_DESCRIBE_STRUCT(CheckWording, (), (name, looks_at, limits, situations))

using Wording = std::map<std::string, CheckWording>;

/// The wording compiled in, by check id; "common" holds the sentences for facts that could not be measured, by ErrorKind.
const Wording& built_in_wording();

/// Reads one wording file; refused with the place of the fault.
platform::Result<Wording> read_wording(std::string_view text);

struct RenderedFinding {
  Text name;
  Text saw;
  std::vector<Text> items;
  std::optional<Text> why;
  std::vector<Text> fix;
};

/// How dates are shown (company's offset east of UTC, minutes) and whose fix steps fit ("debian", "ubuntu", "linux").
struct Reader {
  int offset_minutes = 540;
  std::vector<std::string> systems;
};

/// The situation a finding is worded by, an unmeasured one by its reason; nullptr where there is none.
const Situation* situation_of(const Finding& finding, const Wording& wording);

/// Never fails: a situation without wording renders as its id, which a test forbids for every situation the catalogue can name.
RenderedFinding render(const Finding& finding, const Wording& wording, const Reader& reader);

std::string render_parameter(const Parameter& parameter, Language language, const Reader& reader);

/// The placeholders of a sentence, in order of first appearance.
std::vector<std::string> placeholders(std::string_view sentence);

/// "2026年11月22日" / "22 November 2026" at the reader's offset.
std::string render_day(Time time, Language language, const Reader& reader);

std::string_view verdict_name(Verdict verdict, Language language);

}  // namespace gokajo::compliance
