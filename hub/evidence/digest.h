/// \file
/// SHA-256 and CRC-32 (that of ZIP) of bytes that come piece by piece. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gokajo::hub {

class PackDigest {
 public:
  PackDigest();
  ~PackDigest();
  PackDigest(const PackDigest&) = delete;
  PackDigest& operator=(const PackDigest&) = delete;
  void add(std::string_view bytes);
  std::uint32_t crc32() const;
  /// Lower-case hex. Once, at the end.
  std::string sha256();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Lower-case hex of any bytes.
std::string hex_of(std::string_view bytes);
/// The bytes of that many characters of hex into `out`; false where they are not just so many.
bool bytes_of_hex(std::string_view hex, unsigned char* out, std::size_t bytes);

}  // namespace gokajo::hub
