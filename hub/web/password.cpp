#include "hub/web/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "platform/bytes.h"

namespace gokajo::hub {

namespace {

// Of ten characters and more among the most used ones, and what comes to mind here. Source: the top of SecLists'
// Passwords/Common-Credentials lists by length, and the product's and the campaign's own names.
constexpr std::string_view kCommon[] = {"1234567890",   "0123456789",    "12345678910",    "0987654321",   "1q2w3e4r5t", "qwertyuiop",
                                        "1qaz2wsx3edc", "password123",   "password1234",   "passw0rd123",  "q1w2e3r4t5", "qwerty12345",
                                        "1234qwerasdf", "zaq12wsxcde3",  "iloveyou123",    "abcd123456",   "abc1234567", "asdfghjkl;",
                                        "admin12345",   "administrator", "securityaction", "gokajogokajo", "gokajo1234", "welcome123",
                                        "letmein1234",  "sakura1234",    "1111111111",     "0000000000",   "9876543210", "a123456789",
                                        "123456789a",   "qwertyuiop123", "aaaaaaaaaa"};

std::string small(std::string_view text) {
  std::string letters(text);
  for (auto& c : letters) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return letters;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

PasswordJudgement judge_password(std::string_view password, std::string_view mail, std::string_view name) {
  if (password.size() > kPasswordBytes || !platform::is_valid_utf8(password)) return PasswordJudgement::too_long;
  if (characters(password) < kPasswordCharacters) return PasswordJudgement::too_short;
  const auto letters = small(password);
  if (std::find(std::begin(kCommon), std::end(kCommon), letters) != std::end(kCommon)) return PasswordJudgement::too_common;
  // One character over and over.
  if (letters.find_first_not_of(letters.front()) == std::string::npos) return PasswordJudgement::too_common;
  const auto local = small(mail.substr(0, mail.find('@')));
  // What is left beside the name must be long enough by itself.
  for (const auto& own : {small(mail), local, small(name)}) {
    const auto found = own.size() < 3 ? std::string::npos : letters.find(own);
    if (found != std::string::npos && characters(letters) - characters(own) < kPasswordCharacters) return PasswordJudgement::like_person;
  }
  return PasswordJudgement::long_enough;
}

std::string hash_password(const std::string& password) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (sodium_init() < 0 || crypto_pwhash_str(text.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                             crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    std::abort();
  return text.data();
}

bool is_password(const std::string& hash, const std::string& password) {
  static const auto kOfNobody = hash_password("what nobody knows");
  const auto right = sodium_init() >= 0 && password.size() <= kPasswordBytes &&
                     crypto_pwhash_str_verify((hash.empty() ? kOfNobody : hash).c_str(), password.data(), password.size()) == 0;
  return right && !hash.empty();
}

}  // namespace gokajo::hub
