/// \file
/// Days in mails, short as people say them: 11月24日, （月）, 11/24; "24 November", "Monday", "11/24".
#pragma once

#include <string>

#include "compliance/text.h"
#include "platform/time.h"

namespace gokajo::hub {

struct Dates {
  compliance::Language language = compliance::Language::ja;
  int offset_minutes = platform::kJapanOffset;

  std::string month_day(platform::Time time) const;  ///< "11月24日", "24 November"
  std::string day(platform::Time time) const;        ///< "24日", "24 November"
  /// day() within the month of `beside`, else month_day().
  std::string day_near(platform::Time time, platform::Time beside) const;
  std::string hour(platform::Time time) const;     ///< "10時", "10:00"
  std::string slashed(platform::Time time) const;  ///< "11/24"
  std::string weekday(platform::Time time) const;  ///< "月", "Monday"
  std::string month(platform::Time time) const;    ///< "12月", "December"
  bool same_day(platform::Time a, platform::Time b) const;
};

}  // namespace gokajo::hub
