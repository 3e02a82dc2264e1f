/// \file
/// A file read from its start, expanded on the way when it is compressed: gzip, xz, Zstandard or LZ4, known by its first bytes and not by
/// its name. What package managers keep of their archives is read so, in little memory.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform {

struct Codec;

/// On POSIX systems alone.
class ExpandedFile {
 public:
  /// Takes `descriptor` over and closes it. Past `max_bytes` expanded bytes reading ends with too_large.
  ExpandedFile(int descriptor, std::uint64_t max_bytes);
  ~ExpandedFile();
  ExpandedFile(const ExpandedFile&) = delete;
  ExpandedFile& operator=(const ExpandedFile&) = delete;

  /// Up to `size` bytes into `into`; 0 only at the end. Errors: failed (read), malformed (damaged or cut off), unsupported (another
  /// compression), too_large (also: wants more than 64 MiB to expand). After an Error nothing more comes.
  Result<std::size_t> read(char* into, std::size_t size);

 private:
  Result<std::size_t> fill();

  int descriptor_;
  std::uint64_t left_;
  std::unique_ptr<Codec> codec_;
  std::unique_ptr<char[]> input_;
  std::string_view waiting_;  // bytes of input_ not yet expanded
  bool end_of_file_ = false;
};

/// The same from memory, for reducers: all of `bytes` expanded, or as it is when it is not compressed.
Result<std::string> expanded(std::string_view bytes, std::size_t max_bytes);

}  // namespace gokajo::platform
