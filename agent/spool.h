/// \file
/// Reports waiting for the hub, kept across restarts, crashes and power cuts: reliability.md K1. A report is *spooled* when add() returned,
/// and leaves only for a receipt that names it and the SHA-256 of its bytes, or counted as discarded.
///
/// In its directory (own_private_directory()):
///   <epoch>-<seq>-<kind>.report   one report: "gokajo-spool/1 <bytes> <sha256>\n", then the bytes as they travel; kind is c or s
///   counts.json                   what was discarded in this epoch, and what is just being discarded
///   quarantine/                   entries that cannot be read back as what was written
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"
#include "protocol/receipt.h"

namespace gokajo::agent {

/// `change`: something in it is new. `still_so`: it only says that nothing changed, so it is the first to go when room is short.
enum class SpoolKind { change, still_so };

struct SpoolEntry {
  protocol::Position position;
  SpoolKind kind = SpoolKind::change;
  std::int64_t bytes = 0;  ///< of the file
};

struct SpoolLimits {
  std::int64_t max_bytes = 64 << 20;
  std::int64_t max_entries = 5000;
  std::int64_t max_report_bytes = 4 << 20;
};

/// One program at a time (the caller holds the state directory's lock). Not thread-safe.
class Spool {
 public:
  /// Makes the directory where it is missing, finishes what a crash left half done and removes its temporary files. Error{denied}: others
  /// may write there; failed: the disk.
  static platform::Result<Spool> open(const std::string& directory, SpoolLimits limits = {});

  /// Returns once the report is on the disk. Where it would not fit, entries go first and are counted: the oldest that only say "still so",
  /// then the oldest of the others, never the newest. An Error (disk full, too_large) leaves the spool as it was.
  platform::Status add(protocol::Position position, SpoolKind kind, std::string_view body);

  /// Oldest first.
  const std::vector<SpoolEntry>& waiting() const { return entries_; }

  /// The bytes as add() got them. An entry that is not what was written is put into quarantine, counted, and is an Error{malformed}: the
  /// caller goes on with the next.
  platform::Result<std::string> read(protocol::Position position);

  /// Removes the entry this receipt is for. Error{not_found}: nothing waits under its number; malformed: it names other bytes or another
  /// device. Nothing is removed then.
  platform::Status take(const protocol::Receipt& receipt, std::string_view device);

  /// Discards one entry that the hub will never take, counted under `reason`; its bytes are kept in quarantine where there is room.
  /// Error{not_found}: nothing waits under this number.
  platform::Status refuse(protocol::Position position, const std::string& reason);

  /// Discards everything that waits: it was made for another hub.
  platform::Status discard_all(const std::string& reason);

  /// How many reports of this epoch were discarded, by reason ("no_room", "damaged"). Only ever grows; it travels in every report.
  const std::map<std::string, std::int64_t>& discarded() const { return discarded_; }

 private:
  Spool(std::string directory, SpoolLimits limits) : directory_(std::move(directory)), limits_(limits) {}
  platform::Status list();
  platform::Status finish_discarding();
  platform::Status discard(const std::vector<SpoolEntry>& going, const std::string& reason);
  platform::Status make_room(std::int64_t bytes);
  void quarantine(const SpoolEntry& entry);
  platform::Status write_counts(const std::vector<std::string>& going);
  std::string path(const SpoolEntry& entry) const;
  std::int64_t total_bytes() const;

  std::string directory_;
  SpoolLimits limits_;
  std::vector<SpoolEntry> entries_;
  std::map<std::string, std::int64_t> discarded_;
};

}  // namespace gokajo::agent
