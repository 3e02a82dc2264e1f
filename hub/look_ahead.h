/// \file
/// Reports are judged while those before them are being committed: a commit waits for the disk, judging needs the processors.
///
/// What is judged so rests on what was committed before, read over a Store of its own. It is good for the very next transaction, and only
/// when that commit succeeded and nobody else wrote meanwhile; otherwise it is thrown away, and the reports are judged anew inside their
/// transaction. A report of a PC that has one in the commit, or before it in the queue, ends the look ahead: it is judged once that is
/// stored.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include <boost/asio/thread_pool.hpp>

#include "hub/report_intake.h"

namespace gokajo::hub {

/// Belongs to the store's thread.
class LookAhead {
 public:
  /// `reading`: another Store of the same file.
  LookAhead(Store& reading, const Library* library, ReportIntake& intake)
      : reading_(reading), book_(reading, library), review_(reading, book_), intake_(intake) {}

  /// Runs `commit` on another thread, and meanwhile judges what stands `behind`. `committing`: reports only, in a transaction that began
  /// with `version`. Returns what `commit` does.
  platform::Status over(const std::function<platform::Status()>& commit, std::span<const HttpRequest> committing,
                        const StoreVersion& version, const Behind& behind, Time now);

  /// What was judged of the front of these requests, if it still holds in a transaction that began with `version`. Asked once for each.
  /// `store`: of that transaction.
  std::vector<Arrival> ready(std::span<const HttpRequest> requests, const platform::Result<StoreVersion>& version, Store& store);

 private:
  Store& reading_;
  CompanyBook book_;
  Review review_;
  ReportIntake& intake_;
  std::vector<Arrival> ready_;
  StoreVersion good_for_;
  boost::asio::thread_pool committer_{1};
};

}  // namespace gokajo::hub
