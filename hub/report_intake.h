/// \file
/// Reports of devices, many at a time: what is pure work (signatures, unpacking, reading, judging) is done on several threads, what the
/// store says and is told happens on the caller's, in the order in which the reports came.
#pragma once

#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "hub/arrival.h"
#include "hub/company_book.h"
#include "hub/review.h"
#include "hub/store.h"
#include "hub/token_buckets.h"
#include "hub/workers.h"

namespace gokajo::hub {

/// Reports side by side: at most so many, and at most so many bytes of text when unpacked (one may be longer alone).
inline constexpr std::size_t kSideBySide = 64;

/// What stands side by side: no device twice. `bytes`: of text when unpacked.
struct SideBySide {
  std::set<std::string_view> devices;
  std::size_t bytes = 0;
};

/// Belongs to the store's thread.
class ReportIntake {
 public:
  /// Where it is read what the hub knows.
  struct Source {
    Store& store;
    CompanyBook& book;
    Review& review;
  };

  /// `rate`: of requests of a device.
  ReportIntake(Store& store, CompanyBook& book, Review& review, TokenBuckets& rate, unsigned threads);

  static bool is_report(const HttpRequest& request);
  /// What the reports among these say of themselves, for Store::expect(). Nothing of it is believed.
  static std::vector<Awaited> awaited(std::span<const HttpRequest> requests);

  /// Takes reports from the front of `requests`, the first of which is one, for as long as they are reports, of different devices and
  /// within the limits above. One reply for each, in their order, is added to `replies`. False: one could not be written, and the
  /// transaction must be undone.
  bool take(std::span<const HttpRequest> requests, Time now, std::vector<HttpReply>& replies);

  /// The two halves of it, for whoever does the first while something else is being committed. judged() takes reports that may stand beside
  /// those of `beside`, to which they are added, and keeps pointing at `requests`; store() must find in the store what `source` said.
  std::vector<Arrival> judged(std::span<const HttpRequest> requests, SideBySide& beside, const Source& source, Time now);
  bool store(std::vector<Arrival>& arrivals, std::vector<HttpReply>& replies);

 private:
  static std::vector<Arrival> side_by_side(std::span<const HttpRequest> requests, SideBySide& beside, Time now);
  static void look_up(Arrival& arrival, const Source& source);
  static void read(Arrival& arrival);
  void check(Arrival& arrival, const Source& source);
  static void place(Arrival& arrival, const Source& source);
  static void judge(Arrival& arrival);
  void store(Arrival& arrival);
  bool write(Arrival& arrival);
  static HttpReply receipt(CompanyBook& book, const Device& device, const StoredReport& stored, bool known, bool wants_full, Time now);

  Store& store_;
  CompanyBook& book_;
  Review& review_;
  TokenBuckets& rate_;
  Workers workers_;
  bool broken_ = false;
};

}  // namespace gokajo::hub
