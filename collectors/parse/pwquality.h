/// \file
/// libpwquality's settings, pwquality.conf(5) and pam_pwquality(8) of libpwquality 1.4.5, as far as they decide the length of a password.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace gokajo::collectors::parse {

struct PwqualitySettings {
  std::int64_t minlen = 8;
  std::array<std::int64_t, 4> credits = {};  ///< digits, upper, lower, others: > 0 count double, < 0 are demanded
  std::int64_t minclass = 0;
  bool dictcheck = true;
  bool enforcing = true;
  std::string minlen_from = "built-in";  ///< what set minlen last
};

/// Takes one `name` and `value` over; false for a name or number that pwquality refuses.
bool set_pwquality(PwqualitySettings& settings, std::string_view name, std::string_view value, const std::string& from);

/// One file over what is set already. False: a line pwquality refuses, which ends its reading of all files; what stood before it holds.
bool parse_pwquality(std::string_view text, const std::string& path, PwqualitySettings& settings);

/// Characters of the shortest password that can be taken; 1 when nothing is enforced.
std::int64_t shortest_taken(const PwqualitySettings& settings);

/// Kinds of characters that every password must have.
std::int64_t kinds_demanded(const PwqualitySettings& settings);

}  // namespace gokajo::collectors::parse
