/// \file
/// The 25 questions of IPA's 5分でできる！情報セキュリティ自社診断 as data (hub/diagnosis/data/questions_25.json): numbered as IPA's,
/// worded by us, and what facts of PCs may say of each. Why those and no more: docs/self-check.md. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/text.h"
#include "platform/json_form.h"
#include "platform/result.h"

namespace gokajo::hub {

/// 実施している, 一部実施している, 実施していない, わからない. Only a person says the last: 測定不能 of a PC is none of them.
enum class Level { done, partly, not_done, unsure };
BOOST_DESCRIBE_ENUM(Level, done, partly, not_done, unsure)

/// The most that PCs alone may answer. proof: nothing, but what they show stands beside the person's answer. person: they show nothing.
enum class Ceiling { done, partly, proof, person };
BOOST_DESCRIBE_ENUM(Ceiling, done, partly, proof, person)

/// Of what was gathered. low is shown as a report, never as a fact.
enum class Confidence { high, medium, low };
BOOST_DESCRIBE_ENUM(Confidence, high, medium, low)

/// `decides`: checks whose verdicts answer it; `contradicts`: those among them whose failure no claim of 実施している survives; `beside`:
/// what is shown with it and decides nothing. `outside`: the company's question (of the rule pack) about devices and people that no PC
/// shows; without a good answer to it PCs give no more than 一部. `sees`: what PCs can show of it; `person_says`: what only a person can
/// tell.
struct DiagnosisQuestion {
  std::int64_t number = 0;
  std::int64_t part = 0;
  compliance::Text theme;
  compliance::Text ask;
  Ceiling ceiling = Ceiling::person;
  std::vector<std::string> decides;
  std::vector<std::string> contradicts;
  std::vector<std::string> beside;
  std::optional<std::string> outside;
  compliance::Text sees;
  compliance::Text person_says;
  Confidence confidence = Confidence::low;
  std::vector<std::string> sources;
};
BOOST_DESCRIBE_STRUCT(DiagnosisQuestion, (),
                      (number, part, theme, ask, ceiling, decides, contradicts, beside, outside, sees, person_says, confidence, sources))

/// Questions `first` to `last`.
struct DiagnosisPart {
  std::int64_t number = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  compliance::Text name;
};
BOOST_DESCRIBE_STRUCT(DiagnosisPart, (), (number, first, last, name))

/// What a total from `least` to `most` means; `edition`: where these limits are from.
struct DiagnosisBand {
  std::int64_t least = 0;
  std::int64_t most = 0;
  compliance::Text meaning;
  compliance::Text edition;
  Confidence confidence = Confidence::low;
  std::vector<std::string> sources;
};
BOOST_DESCRIBE_STRUCT(DiagnosisBand, (), (least, most, meaning, edition, confidence, sources))

struct DiagnosisPoints {
  std::int64_t done = 0;
  std::int64_t partly = 0;
  std::int64_t not_done = 0;
  std::int64_t unsure = 0;
  std::int64_t of(Level level) const;
};
BOOST_DESCRIBE_STRUCT(DiagnosisPoints, (), (done, partly, not_done, unsure))

struct DiagnosisSource {
  std::string id;
  std::string address;
  std::string what;
  Confidence confidence = Confidence::low;
};
BOOST_DESCRIBE_STRUCT(DiagnosisSource, (), (id, address, what, confidence))

/// `edition`: what numbers mean; answers to another edition are never taken for these. `official`: where IPA's own sheet is. `notes`: what
/// people are told of the data.
struct DiagnosisSheet {
  std::string format;
  std::string about;
  std::string edition;
  compliance::Text edition_name;
  std::string as_of;
  std::string official;
  std::int64_t valid_months = 0;
  DiagnosisPoints points;
  std::vector<DiagnosisPart> parts;
  std::vector<DiagnosisBand> bands;
  std::vector<compliance::Text> notes;
  std::vector<DiagnosisSource> sources;
  std::vector<DiagnosisQuestion> questions;
  /// nullptr: there is none of that number.
  const DiagnosisQuestion* question(std::int64_t number) const;
};
BOOST_DESCRIBE_STRUCT(DiagnosisSheet, (),
                      (format, about, edition, edition_name, as_of, official, valid_months, points, parts, bands, notes, sources,
                       questions))

/// Error{malformed} with the place: another shape, or questions, parts, bands and sources that do not fit one another.
platform::Result<DiagnosisSheet> read_diagnosis_sheet(std::string_view text);

/// The one that is compiled in.
const DiagnosisSheet& diagnosis_sheet();

}  // namespace gokajo::hub
