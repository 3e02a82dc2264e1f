/// \file
/// Reducers of records of starts and shutdowns: what leaves them are the days of these events, one line each, in the record's order:
///   boot 2026-11-10     the PC started
///   seen 2026-11-10     it ran
///   down 2026-11-10     it shut down
/// A run of events on one day keeps its first and its last. At most the 60 days before the last line, and 1000 lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/time.h"

namespace gokajo::platform::reducers {

class PowerEvents {
 public:
  /// `kind`: one of the three, a literal.
  void add(std::string_view kind, Time at) {
    const Event event{kind, local_day(at, kJapanOffset)};
    const auto count = events_.size();
    if (count >= 2 && events_[count - 1].day == event.day && events_[count - 2].day == event.day)
      events_.back() = event;
    else
      events_.push_back(event);
  }

  /// What came before says nothing any more.
  void forget() { events_.clear(); }

  std::string text() const {
    constexpr std::size_t kMaxLines = 1000;
    std::size_t first = events_.size() > kMaxLines ? events_.size() - kMaxLines : 0;
    while (first < events_.size() && events_[first].day + Days{60} < events_.back().day) ++first;
    std::string out;
    for (; first < events_.size(); ++first)
      out.append(events_[first].kind).append(" ").append(format_time(Time{events_[first].day}).substr(0, 10)).append("\n");
    return out;
  }

 private:
  struct Event {
    std::string_view kind;
    std::chrono::sys_days day;
  };
  std::vector<Event> events_;
};

}  // namespace gokajo::platform::reducers
