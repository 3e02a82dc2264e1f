/// \file
/// /etc/shadow with the password field reduced to the kind of what stands there; the other fields (ages, expiry) stay. Field 2 becomes
///   empty                 no password at all
///   locked-empty          "!" alone, "!!", "!*", "*": never set, or locked with nothing behind the lock
///   locked:<kind>         "!" or "!!" before a hash
///   <kind>                yescrypt, gost-yescrypt, scrypt, bcrypt, sha512, sha256, md5, sun-md5, nthash, bsdi, des
///   unusable              anything else: crypt(3) can never return it, so no password opens the account (shadow(5))
/// Source of the prefixes: crypt(5) of libxcrypt 4.4.33; no hash, salt or cost leaves this function.
#include <array>
#include <utility>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {
namespace {

constexpr std::string_view kHashAlphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::string_view kind_of_hash(std::string_view field) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kPrefixes = {{{"$y$", "yescrypt"},
                                                                                               {"$gy$", "gost-yescrypt"},
                                                                                               {"$7$", "scrypt"},
                                                                                               {"$2a$", "bcrypt"},
                                                                                               {"$2b$", "bcrypt"},
                                                                                               {"$2x$", "bcrypt"},
                                                                                               {"$2y$", "bcrypt"},
                                                                                               {"$6$", "sha512"},
                                                                                               {"$5$", "sha256"},
                                                                                               {"$1$", "md5"},
                                                                                               {"$md5", "sun-md5"},
                                                                                               {"$3$", "nthash"}}};
  for (const auto& [prefix, kind] : kPrefixes)
    if (field.starts_with(prefix)) return kind;
  const bool only_hash_characters = field.find_first_not_of(kHashAlphabet) == std::string_view::npos;
  if (field.size() == 20 && field[0] == '_' && field.substr(1).find_first_not_of(kHashAlphabet) == std::string_view::npos) return "bsdi";
  if (field.size() == 13 && only_hash_characters) return "des";
  return "unusable";
}

std::string kind_of_field(std::string_view field) {
  if (field.empty()) return "empty";
  const auto behind = field.find_first_not_of("!*");
  if (behind == std::string_view::npos) return "locked-empty";
  if (behind == 0) return std::string(kind_of_hash(field));
  return "locked:" + std::string(kind_of_hash(field.substr(behind)));
}

}  // namespace

Result<std::string> shadow(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const auto first = line.find(':');
    if (first == std::string_view::npos) continue;  // no account in this line; it may be half a hash, so it is dropped
    const auto second = std::min(line.find(':', first + 1), line.size());
    out += line.substr(0, first + 1);
    out += kind_of_field(line.substr(first + 1, second - first - 1));
    // Only what a shadow line may hold behind the hash is let through: digits, signs and colons.
    for (const char c : line.substr(second))
      if ((c >= '0' && c <= '9') || c == ':' || c == '-') out += c;
    out += '\n';
  }
  return out;
}

}  // namespace gokajo::platform::reducers
