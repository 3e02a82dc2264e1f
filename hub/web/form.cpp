#include "hub/web/form.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <curl/curl.h>

#include "platform/bytes.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

// libcurl leaves a broken escape as it is; here it is refused.
bool escapes_are_whole(std::string_view text) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
    if (at + 2 >= text.size() || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) return false;
  return true;
}

std::optional<std::string> unescaped(std::string_view text) {
  if (!escapes_are_whole(text)) return std::nullopt;
  std::string with_blanks(text);
  std::replace(with_blanks.begin(), with_blanks.end(), '+', ' ');
  if (with_blanks.empty()) return with_blanks;
  int length = 0;
  const std::unique_ptr<char, decltype(&curl_free)> plain(
      curl_easy_unescape(nullptr, with_blanks.data(), static_cast<int>(with_blanks.size()), &length), &curl_free);
  if (!plain) return std::nullopt;
  return std::string(plain.get(), static_cast<std::size_t>(length));
}

// Line ends as one character; no blanks around, unless it is to stay as typed. False: what no field holds.
bool tidy(std::string& value, bool as_typed = false) {
  std::string kept;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const auto c = static_cast<unsigned char>(value[at]);
    if (c == '\r' && at + 1 < value.size() && value[at + 1] == '\n') continue;
    if ((c < 0x20 && c != '\n') || c == 0x7F) return false;
    kept += value[at];
  }
  if (as_typed) {
    value = std::move(kept);
    return platform::is_valid_utf8(value);
  }
  const auto first = kept.find_first_not_of(" \n");
  const auto last = kept.find_last_not_of(" \n");
  value = first == std::string::npos ? std::string{} : kept.substr(first, last - first + 1);
  return platform::is_valid_utf8(value);
}

}  // namespace

Result<Form> read_form(std::string_view text) {
  if (text.size() > kFormBytes) return Error{ErrorKind::too_large, "form: more than 64 KiB"};
  Form form;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('&', at), text.size());
    const auto field = text.substr(at, end - at);
    at = end + 1;
    if (field.empty()) continue;
    const auto equals = std::min(field.find('='), field.size());
    auto name = unescaped(field.substr(0, equals));
    auto value = unescaped(equals < field.size() ? field.substr(equals + 1) : std::string_view{});
    const auto place = "form: field " + platform::printable_utf8(name ? name->substr(0, 40) : "?");
    if (!name || !value || !tidy(*name) || !tidy(*value, name->ends_with("password"))) return Error{ErrorKind::malformed, place};
    if (name->size() > 64 || value->size() > kFieldBytes) return Error{ErrorKind::too_large, place};
    form[*name] = std::move(*value);
    if (form.size() > kFormFields) return Error{ErrorKind::too_large, "form: more than 100 fields"};
  }
  return form;
}

std::string escaped_for_query(std::string_view text) {
  static constexpr const char* kHex = "0123456789ABCDEF";
  std::string safe;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      safe += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      safe += '%';
      safe += kHex[byte >> 4U];
      safe += kHex[byte & 15U];
    }
  }
  return safe;
}

std::string cookie_of(std::string_view header, std::string_view name) {
  for (std::size_t at = 0; at < header.size();) {
    const auto end = std::min(header.find(';', at), header.size());
    auto one = header.substr(at, end - at);
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=') return std::string(one.substr(name.size() + 1));
    at = end + 1;
  }
  return {};
}

compliance::Language language_of(std::string_view accept_language) {
  const auto english = accept_language.find("en");
  const auto japanese = accept_language.find("ja");
  return english < japanese ? compliance::Language::en : compliance::Language::ja;
}

}  // namespace gokajo::hub
