/// \file
/// Writes the file of an evidence pack (hub/evidence/zip.h), member by member, piece by piece: memory holds what is in hand and the list of
/// members. One thread.
#pragma once

#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/evidence/digest.h"
#include "hub/evidence/manifest.h"
#include "hub/evidence/zip.h"
#include "protocol/device_key.h"

namespace gokajo::hub {

class PackWriter {
 public:
  /// A new file that its owner alone can read; one of that name is replaced. Errors: denied, not_found (no such directory), failed.
  static platform::Result<std::unique_ptr<PackWriter>> create(const std::string& path);
  /// Removes the file where it was not finished.
  ~PackWriter();
  PackWriter(const PackWriter&) = delete;
  PackWriter& operator=(const PackWriter&) = delete;

  // Errors of these: failed (disk full, I/O error), too_large (kMaxMembers, kMaxPackBytes). After one nothing more can be written.
  /// Begins a member, which ends the one before. The name must be one (is_member_name()) and not have been there.
  platform::Status begin(const std::string& name);
  platform::Status append(std::string_view bytes);
  platform::Status member(const std::string& name, std::string_view bytes);
  /// What was written until now survives power loss: finish() has little to wait for then.
  platform::Status settle();
  /// Ends the file, which has the name `to` in the same directory then, durably. `manifest`: its members and key are set here. Gives the
  /// SHA-256 of the manifest.
  platform::Result<std::string> finish(Manifest manifest, const protocol::DeviceKey& key, const std::string& to);

  std::uint64_t size() const { return at_; }

 private:
  explicit PackWriter(std::string path) : path_(std::move(path)) {}
  platform::Status open();
  platform::Status write(std::string_view bytes);
  platform::Status end_member();

  std::string path_;
  std::fstream file_;
  std::uint64_t at_ = 0;
  std::vector<ZipEntry> entries_;
  std::vector<std::string> sha256_;  ///< of the entries that have ended
  std::unique_ptr<PackDigest> open_member_;
};

}  // namespace gokajo::hub
