/// \file
/// A new file that is opened before a program gives up rights and written after: what an administrator wants on a medium of their own.
#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform {

/// Readable by its owner alone. Not written: it is emptied, and removed where that is still allowed.
class PreparedFile {
 public:
  /// Errors: denied, not_found (no such directory), failed; failed also where something of that name is there already.
  static Result<PreparedFile> create(const std::string& path);
  PreparedFile(PreparedFile&& other) noexcept;
  PreparedFile(const PreparedFile&) = delete;
  PreparedFile& operator=(const PreparedFile&) = delete;
  PreparedFile& operator=(PreparedFile&&) = delete;
  ~PreparedFile();

  /// Whole and synced, once.
  Status write(std::string_view bytes);
  const std::string& path() const { return path_; }

 private:
  PreparedFile(int file, std::string path) : file_(file), path_(std::move(path)) {}
  int file_ = -1;
  std::string path_;
};

}  // namespace gokajo::platform
