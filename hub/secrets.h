/// \file
/// Random bytes, and the hashes under which the hub keeps what opens something (codes, keys to the page).
///
/// A code has eight of 30 characters: 39 bits. Whoever stole a database of plain SHA-256 hashes would try them all within minutes; Argon2
/// would make that expensive, but let anybody who knocks make the hub work, and could not be looked up. So the hash is an HMAC-SHA-256
/// under 32 random bytes that stand beside the database and are in no backup of it: without them nothing can be tried, with them one lookup
/// finds the code. Guessing over the network meets the limits of hub/ingest.h and the code's end within days.
#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::hub {

/// From the system's random source.
std::string random_bytes(std::size_t count);
/// Below `limit`, each equally likely.
std::uint32_t random_below(std::uint32_t limit);
/// `characters` of [A-Za-z0-9_-], 6 random bits each.
std::string random_word(std::size_t characters);
/// Whether this could be one.
bool is_random_word(std::string_view text, std::size_t characters);
/// A code as protocol/enrolment.h has it.
std::string random_code();

class Pepper {
 public:
  static constexpr std::size_t kBytes = 32;
  explicit Pepper(std::string bytes) : bytes_(std::move(bytes)) {}
  /// Lower-case hex. `purpose` keeps what opens one thing from opening another.
  std::string hash(std::string_view purpose, std::string_view secret) const;
  std::string code(std::string_view code) const { return hash("code", code); }

 private:
  std::string bytes_;
};

/// The pepper in that file, made at first. Call it while no other program can be doing the same (inside a transaction of the store).
platform::Result<Pepper> load_pepper(const std::string& path);

}  // namespace gokajo::hub
