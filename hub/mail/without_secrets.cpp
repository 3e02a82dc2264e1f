#include "hub/mail/without_secrets.h"

#include <algorithm>

#include "platform/json_form.h"

namespace gokajo::hub {
namespace {

constexpr std::string_view kCut = "***";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUnreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

void cut(std::string& text, const std::string& secret) {
  for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + kCut.size()))
    text.replace(at, secret.size(), kCut);
}

// RFC 3986 section 2.1.
std::string as_in_url(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (kUnreserved.find(c) != std::string_view::npos)
      out += c;
    else
      out.append({'%', kDigits[byte >> 4U], kDigits[byte & 15U]});
  }
  return out;
}

// Whole groups of four only, so the last two bytes of a secret may stand in what is left of the word.
bool hides(std::string_view word, const std::vector<std::string>& secrets) {
  const auto bytes = platform::base64_decode(word.substr(0, word.size() / 4 * 4));
  if (!bytes) return false;
  for (const auto& secret : secrets)
    if (!secret.empty() && bytes->find(secret.substr(0, std::max<std::size_t>(secret.size(), 3) - 2)) != std::string::npos) return true;
  return false;
}

}  // namespace

std::string without_secrets(std::string_view text, const std::vector<std::string>& secrets) {
  std::string out(text);
  for (const auto& secret : secrets) {
    if (secret.empty()) continue;
    cut(out, secret);
    cut(out, as_in_url(secret));
  }
  for (std::size_t at = 0; (at = out.find_first_of(kBase64, at)) != std::string::npos;) {
    auto end = std::min(out.find_first_not_of(kBase64, at), out.size());
    if (hides(std::string_view(out).substr(at, end - at), secrets)) {
      while (end < out.size() && out[end] == '=') ++end;
      out.replace(at, end - at, kCut);
      at += kCut.size();
    } else {
      at = end;
    }
  }
  return out;
}

}  // namespace gokajo::hub
