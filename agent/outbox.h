/// \file
/// From a scan to a report in the spool, in as few bytes as say it: in full, or as what changed since the last report that was sent in
/// full.
///
/// In its directory, each written durably:
///   outbox.json            the last report spooled, and what its verdicts rested on
///   outbox-base.json       the content of the last report in full
///   outbox-inventory.json  the inventory as it was last told, and when
#pragma once

#include <optional>
#include <string>

#include "agent/scan.h"
#include "agent/sequence.h"
#include "agent/spool.h"
#include "protocol/report.h"

namespace gokajo::agent {

/// In full again after this long, whatever changed: a report in full is as long as a month of unchanged days, and a hub that lost its base
/// asks.
inline constexpr std::chrono::hours kFullAgain{28 * 24};
/// What is installed is told anew at most this often.
inline constexpr std::chrono::hours kInventoryAgain{24};

/// One program at a time (the caller holds the state directory's lock). Not thread-safe. `spool` and `sequence` must outlive it.
class Outbox {
 public:
  /// What earlier runs left damaged is forgotten: the next report goes in full.
  static Outbox open(const std::string& directory, const std::string& device, Spool& spool, Sequence& sequence);

  /// Returns once the report is spooled. `input`: what the scan was judged with. An Error (disk full, too_large) has spooled nothing.
  platform::Result<protocol::Position> put(const ScanInput& input, const ScanResult& result);

  /// The hub does not hold what the last reports were told against.
  platform::Status next_in_full();

 private:
  struct Told;
  struct Base;

  Outbox(std::string directory, std::string device, Spool& spool, Sequence& sequence)
      : directory_(std::move(directory)), device_(std::move(device)), spool_(&spool), sequence_(&sequence) {}
  std::int64_t discarded() const;
  platform::Status forget_unless(const std::string& decided);
  void remember(protocol::Position position, const std::string& decided);
  std::optional<Base> base(const ScanResult& result) const;
  platform::Json content_of(const ScanInput& input, const ScanResult& result, std::optional<platform::Json>& inventory) const;
  bool still_so(const std::string& decided) const;

  std::string directory_;
  std::string device_;
  Spool* spool_;
  Sequence* sequence_;
  protocol::Position last_;
  std::string decided_;  ///< empty: not known
  std::int64_t discarded_before_ = 0;
};

/// The content of the report in full that later ones are told against. Error{not_found}: not here, or of another number.
platform::Result<platform::Json> told_in_full(const std::string& directory, std::int64_t epoch, std::int64_t seq);

/// SHA-256 over what a verdict is told by: check, verdict, situation, items, exception and the reason of what is missing; no times of
/// observation.
std::string decided_sha256(const ScanResult& result);

}  // namespace gokajo::agent
