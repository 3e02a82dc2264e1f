/// \file
/// Reports of devices, many at a time: what is pure work (signatures, unpacking, reading, judging) is done on several threads, what the
/// store says and is told happens on the caller's, in the order in which the reports came.
#pragma once

#include <span>
#include <vector>

#include "hub/company_book.h"
#include "hub/device_request.h"
#include "hub/review.h"
#include "hub/store.h"
#include "hub/token_buckets.h"
#include "hub/workers.h"

namespace gokajo::hub {

/// Reports side by side: at most so many, and at most so many bytes of text when unpacked (one may be longer alone).
inline constexpr std::size_t kSideBySide = 64;

/// Belongs to the store's thread; called inside its transaction.
class ReportIntake {
 public:
  /// `rate`: of requests of a device.
  ReportIntake(Store& store, CompanyBook& book, Review& review, TokenBuckets& rate, unsigned threads);

  static bool is_report(const HttpRequest& request);

  /// Takes reports from the front of `requests`, the first of which is one, for as long as they are reports, of different devices and
  /// within the limits above. One reply for each, in their order, is added to `replies`. False: one could not be written, and the
  /// transaction must be undone.
  bool take(std::span<const HttpRequest> requests, Time now, std::vector<HttpReply>& replies);

 private:
  struct Arrival;
  static std::vector<Arrival> side_by_side(std::span<const HttpRequest> requests);
  void look_up(Arrival& arrival);
  void read(Arrival& arrival) const;
  void check(Arrival& arrival, Time now);
  void place(Arrival& arrival, Time now);
  void judge(Arrival& arrival, Time now) const;
  void store(Arrival& arrival, Time now);
  bool write(Arrival& arrival, Time now);
  HttpReply receipt(const Device& device, const StoredReport& stored, bool known, bool wants_full, Time now);

  Store& store_;
  CompanyBook& book_;
  Review& review_;
  TokenBuckets& rate_;
  Workers workers_;
  bool broken_ = false;
};

}  // namespace gokajo::hub
