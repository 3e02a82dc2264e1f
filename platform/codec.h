/// \file
/// Compressed data, piece by piece: gzip, xz, zstd and LZ4 frames by their first bytes, and what is none of them as it is.
#pragma once

#include <memory>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform {

/// `finished`: the data may end here.
struct Codec {
  bool finished = true;
  virtual ~Codec() = default;
  /// Moves what it can from `in` to `out`, taking both forward. `last`: nothing comes behind `in`. Error: as ExpandedFile::read().
  virtual Status step(std::string_view& in, char*& out, std::size_t& room, bool last) = 0;
};

/// For data that begins with `start`, at least its first 6 bytes where it has so many. Error{unsupported}: another compression.
Result<std::unique_ptr<Codec>> codec_for(std::string_view start);

}  // namespace gokajo::platform
