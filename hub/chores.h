/// \file
/// What comes with time, in small steps between requests, on one of several hubs: verdicts that change because days pass, and what was kept
/// long enough.
#pragma once

#include <deque>
#include <string>

#include "hub/review.h"

namespace gokajo::hub {

inline constexpr platform::Days kKeepReports{90};
inline constexpr platform::Days kKeepChanges{396};        ///< 13 months
inline constexpr platform::Days kKeepCounts{2 * 366};     ///< what the trend of a company is drawn from
inline constexpr platform::Days kKeepEnded{30};           ///< codes
inline constexpr platform::Days kKeepDeeds{3 * 366};      ///< what people did on the pages: until a yearly review was repeated twice
inline constexpr platform::Days kKeepBriefings{3 * 366};  ///< a company's own, and who approved them: as long as what people did

/// Belongs to the store's thread.
class Chores {
 public:
  /// No `library`: only what is compiled in.
  explicit Chores(Store& store, const Library* library = nullptr)
      : store_(store), library_(library), book_(store, library), review_(store, book_) {}

  /// One step, in a transaction of its own. Once an hour who fell silent is put down (OverviewStore::mark_silent()); once a day (UTC) every
  /// device is judged anew, and then each company's PCs are counted for its trend; once an hour old rows go. True: there is more to do.
  platform::Result<bool> step(Time now);

 private:
  platform::Result<bool> leads(Time now);
  platform::Status line_up(const Company& company);
  platform::Result<bool> mark_some(Time now);
  platform::Result<bool> judge_some(Time now);
  platform::Result<bool> count_some(Time now);
  platform::Result<bool> forget_some(Time now);
  Store& store_;
  const Library* library_;
  CompanyBook book_;
  Review review_;
  std::deque<std::string> to_mark_;   ///< companies
  std::deque<std::string> to_judge_;  ///< ids
  std::deque<std::string> to_count_;
  std::optional<Time> asked_to_lead_;  ///< and was told no
  std::optional<std::chrono::sys_days> judged_on_;
  std::optional<std::chrono::sys_time<std::chrono::hours>> marked_at_;
  std::optional<std::chrono::sys_time<std::chrono::hours>> forgot_at_;
};

}  // namespace gokajo::hub
