/// \file
/// Passwords of people: kept as Argon2id by libsodium (crypto_pwhash_str, "interactive": 64 MiB and some 60 ms), so not to be called by the
/// thread that takes reports. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gokajo::hub {

/// As IPA asks of everybody, and as ASVS 5.0 6.2.9 allows at least.
inline constexpr std::size_t kPasswordCharacters = 10;
inline constexpr std::size_t kPasswordBytes = 256;

/// long_enough: may be used. The others say why not. too_common: among the most used ones (hub/data/common_passwords.txt), or little more
/// than a word of this place: the product, the campaign, the company. `like_person`: is or holds their mail's name or their own.
enum class PasswordJudgement { long_enough, too_short, too_long, too_common, like_person };

/// Characters are counted as people count them (code points of valid UTF-8). No rule about kinds of characters: length decides
/// (NIST SP 800-63B-4 3.1.1.2). `companies`: names of those the person belongs to.
PasswordJudgement judge_password(std::string_view password, std::string_view mail, std::string_view name,
                                 const std::vector<std::string>& companies = {});

/// How many passwords that list has.
std::size_t common_passwords();

/// Ends the program where there is no memory for it.
std::string hash_password(const std::string& password);
/// Whether the hash was made at another cost, or in another way, than hash_password() makes it now.
bool needs_new_hash(const std::string& hash);
/// `hash` empty: costs as much as any, and is false, so that nobody learns who has a password.
bool is_password(const std::string& hash, const std::string& password);

}  // namespace gokajo::hub
