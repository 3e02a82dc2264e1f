#include "hub/web/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "platform/bytes.h"
#include "platform/embedded.h"

namespace gokajo::hub {

namespace {

// What comes to mind here, beside the most used ones everywhere.
constexpr std::string_view kCommonHere[] = {"qwerty12345", "1234qwerasdf", "asdfghjkl;",  "admin12345", "administrator",
                                            "sakura1234",  "welcome123",   "letmein1234", "abcd123456", "abc1234567"};

// Words of this place (docs/security-decisions.md), in small letters: what is left beside one must be long enough by itself.
constexpr std::string_view kWordsHere[] = {"gokajo", "5kajo", "securityaction", "security action", "情報セキュリティ", "5か条", "五か条"};

// The lines behind the first empty one, sorted.
std::vector<std::string_view> read_common() {
  std::vector<std::string_view> lines;
  for (const auto& file : embedded::hub_data()) {
    if (file.name != "common_passwords.txt") continue;
    auto text = file.text.substr(std::min(file.text.find("\n\n"), file.text.size()));
    for (std::size_t at = 0; at < text.size();) {
      const auto end = std::min(text.find('\n', at), text.size());
      if (end > at) lines.push_back(text.substr(at, end - at));
      at = end + 1;
    }
  }
  return lines;
}

const std::vector<std::string_view>& common() {
  static const auto kCommon = read_common();
  return kCommon;
}

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

PasswordJudgement judge_password(std::string_view password, std::string_view mail, std::string_view name,
                                 const std::vector<std::string>& companies) {
  if (password.size() > kPasswordBytes || !platform::is_valid_utf8(password)) return PasswordJudgement::too_long;
  if (characters(password) < kPasswordCharacters) return PasswordJudgement::too_short;
  const auto letters = small(password);
  if (std::binary_search(common().begin(), common().end(), std::string_view(letters)) ||
      std::find(std::begin(kCommonHere), std::end(kCommonHere), letters) != std::end(kCommonHere))
    return PasswordJudgement::too_common;
  // One character over and over.
  if (letters.find_first_not_of(letters.front()) == std::string::npos) return PasswordJudgement::too_common;
  const auto hangs_on = [&](const std::string& word) {
    return word.size() >= 3 && letters.find(word) != std::string::npos && characters(letters) - characters(word) < kPasswordCharacters;
  };
  const auto at = std::min(mail.find('@'), mail.size());
  for (const auto own : {mail, mail.substr(0, at), name})
    if (hangs_on(small(own))) return PasswordJudgement::like_person;
  const auto domain = mail.substr(std::min(at + 1, mail.size()));
  bool of_place = hangs_on(small(domain.substr(0, domain.find('.'))));
  for (const auto word : kWordsHere) of_place = of_place || hangs_on(std::string(word));
  for (const auto& company : companies) of_place = of_place || hangs_on(small(company));
  return of_place ? PasswordJudgement::too_common : PasswordJudgement::long_enough;
}

std::size_t common_passwords() { return common().size(); }

std::string hash_password(const std::string& password) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (sodium_init() < 0 || crypto_pwhash_str(text.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                             crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    std::abort();
  return text.data();
}

bool needs_new_hash(const std::string& hash) {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0;
}

bool is_password(const std::string& hash, const std::string& password) {
  static const auto kOfNobody = hash_password("what nobody knows");
  const auto right = sodium_init() >= 0 && password.size() <= kPasswordBytes &&
                     crypto_pwhash_str_verify((hash.empty() ? kOfNobody : hash).c_str(), password.data(), password.size()) == 0;
  return right && !hash.empty();
}

}  // namespace gokajo::hub
