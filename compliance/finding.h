/// \file
/// What a check concludes: a verdict, and everything its wording needs, by id and parameter. Texts are rendered from it (wording.h), in any
/// language, at any time; it holds none.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

/// 適合, 要対応, 測定不能, 要確認 (a person must tell), 対象外.
enum class Verdict { pass, fail, unknown, ask, not_applicable };
BOOST_DESCRIBE_ENUM(Verdict, pass, fail, unknown, ask, not_applicable)

// Typed parameters: wording says how each type is written in each language.
struct Count {
  std::int64_t value = 0;
  auto operator<=>(const Count&) const = default;
};
struct DayCount {
  std::int64_t value = 0;
  auto operator<=>(const DayCount&) const = default;
};
struct Date {  ///< shown as a calendar day in the reader's offset
  Time value{};
  auto operator<=>(const Date&) const = default;
};
struct Name {  ///< of a thing on the PC, or any text of the PC's own: shown as it is
  std::string value;
  auto operator<=>(const Name&) const = default;
};
struct Version {
  std::string value;
  auto operator<=>(const Version&) const = default;
};
struct List {  ///< names, shown joined
  std::vector<std::string> value;
  auto operator<=>(const List&) const = default;
};
using Parameter = std::variant<Count, DayCount, Date, Name, Version, List>;
using Parameters = std::map<std::string, Parameter>;

/// What the PC said earlier where it gave no answer in time now (compliance/earlier.h). `verdict`: what follows from it, as of then.
/// `days`: how long ago, in days of Japan's calendar. `counts`: the finding's verdict rests on it; else it is only shown.
struct EarlierAnswer {
  Time observed_at{};
  Verdict verdict = Verdict::unknown;
  std::int64_t days = 0;
  bool counts = false;
};
BOOST_DESCRIBE_STRUCT(EarlierAnswer, (), (observed_at, verdict, days, counts))

/// `situation` names the wording of this check that fits ("missing", "share-open"); "unmeasured" with `absence` is worded from the reason;
/// judging turns it into "unmeasured-denied-elevated" where an administrator was denied.
/// `items`: the things found, each with its own parameters ("name" is what it is remembered by). `first_seen` is filled in by judging.
struct Finding {
  std::string check;
  Verdict verdict = Verdict::unknown;
  std::string situation;
  Parameters parameters;
  std::vector<Parameters> items;
  std::optional<Absence> absence;
  Time observed_at{};
  std::optional<Time> first_seen;
  bool declared = false;  ///< rests on a person's answer (自己申告)
  std::optional<EarlierAnswer> earlier = std::nullopt;
};

}  // namespace gokajo::compliance
