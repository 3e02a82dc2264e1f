#include <windows.h>

#include "platform/shift_jis.h"

namespace gokajo::platform {

namespace {

constexpr UINT kJapanese = 932;

}  // namespace

// Windows does not say where it gave up: characters are tried one after the other then.
Result<std::string> utf8_of_shift_jis(std::string_view text) {
  if (text.empty()) return std::string();
  const auto size = static_cast<int>(text.size());
  const int units = MultiByteToWideChar(kJapanese, MB_ERR_INVALID_CHARS, text.data(), size, nullptr, 0);
  if (units <= 0) {
    std::size_t fits = 0;
    for (std::size_t at = 0; at < text.size();) {
      const auto step = IsDBCSLeadByteEx(kJapanese, static_cast<BYTE>(text[at])) && at + 1 < text.size() ? 2U : 1U;
      if (MultiByteToWideChar(kJapanese, MB_ERR_INVALID_CHARS, text.data() + at, static_cast<int>(step), nullptr, 0) <= 0) break;
      at += step;
      fits = at;
    }
    return Error{ErrorKind::malformed, "byte " + std::to_string(fits) + ": no character of Shift_JIS"};
  }
  std::wstring wide(static_cast<std::size_t>(units), L'\0');
  MultiByteToWideChar(kJapanese, MB_ERR_INVALID_CHARS, text.data(), size, wide.data(), units);
  const int bytes = WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, wide.data(), units, nullptr, 0, nullptr, nullptr);
  if (bytes <= 0) return Error{ErrorKind::malformed, "byte 0: no character of Shift_JIS"};
  std::string out(static_cast<std::size_t>(bytes), '\0');
  WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, wide.data(), units, out.data(), bytes, nullptr, nullptr);
  return out;
}

}  // namespace gokajo::platform
