/// \file
/// What the hub does with a request of a device, whatever brought it: docs/protocol.md, from the signature to the receipt.
///
/// Nothing is unpacked or read before its signature was found right (an enrolment, which brings its own key, is at most 16 KiB and never
/// packed). Whoever is not known, and whoever signs wrongly, gets the same answer.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/company_book.h"
#include "hub/device_request.h"
#include "hub/http.h"
#include "hub/look_ahead.h"
#include "hub/report_intake.h"
#include "hub/review.h"
#include "hub/secrets.h"
#include "hub/store.h"
#include "hub/token_buckets.h"
#include "protocol/settings.h"

namespace gokajo::hub {

/// Failed enrolments of one network (hub/network.h): so many at once, then one in so many seconds. 39 bits of a code stand behind it.
inline constexpr int kEnrolFailures = 20;
inline constexpr int kEnrolFailureSeconds = 30;

/// Reports of one device: a spool of 30 days at once, then so many a second.
inline constexpr int kReportBurst = 5000;
inline constexpr int kReportsPerSecond = 10;

/// Belongs to the store's thread.
class Ingest {
 public:
  /// `threads`: for pure work (hub/workers.h). `library`: none: only what is compiled in. `reading`: another Store of the same file; none:
  /// nothing is judged while something is being committed.
  Ingest(Store& store, Pepper pepper, unsigned threads = 0, const Library* library = nullptr, Store* reading = nullptr);

  /// All in one durable transaction; answered only after it was committed. What fails alone is undone alone; when the commit fails,
  /// everybody is told to come again. `behind`: what the next call will bring (hub/look_ahead.h).
  std::vector<HttpReply> handle_all(std::span<const HttpRequest> requests, Time now, const Behind& behind = nullptr);
  HttpReply handle(const HttpRequest& request, Time now) { return handle_all({&request, 1}, now).front(); }

 private:
  /// All in one transaction. False: one of them could not be written, and nothing was.
  bool together(std::span<const HttpRequest> requests, Time now, const Behind& behind, std::vector<HttpReply>& replies);
  bool one(const HttpRequest& request, Time now, std::vector<HttpReply>& replies);
  HttpReply route(const HttpRequest& request, Time now);
  HttpReply enrol(const HttpRequest& request, Time now);
  HttpReply wishes(const Device& device, Time now);
  HttpReply settings(const HttpRequest& request, const Device& device, Time now);
  HttpReply handed_out(const Device& device, const protocol::HandedOutPath& asked);
  HttpReply unenrol(Device device, protocol::Position position, Time now);
  platform::Result<Device> admit(const Code& code, const struct Applicant& applicant, Time now);

  Store& store_;
  const Library* library_;
  Pepper pepper_;
  CompanyBook book_;
  Review review_;
  TokenBuckets failures_;
  TokenBuckets rate_;
  ReportIntake intake_;
  std::optional<LookAhead> ahead_;
  bool writing_ = false;  ///< the request that is handled has begun to write
};

}  // namespace gokajo::hub
