#include <windows.h>

#include "platform/windows/text.h"

#include <algorithm>

namespace gokajo::platform {

std::wstring wide(std::string_view utf8) {
  if (utf8.empty()) return {};
  const auto size = static_cast<int>(utf8.size());
  const int length = MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, nullptr, 0);
  std::wstring text(static_cast<std::size_t>(std::max(length, 0)), L'\0');
  if (length > 0) MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, text.data(), length);
  return text;
}

std::string utf8(std::wstring_view utf16) {
  if (utf16.empty()) return {};
  const auto size = static_cast<int>(utf16.size());
  const int length = WideCharToMultiByte(CP_UTF8, 0, utf16.data(), size, nullptr, 0, nullptr, nullptr);
  std::string text(static_cast<std::size_t>(std::max(length, 0)), '\0');
  if (length > 0) WideCharToMultiByte(CP_UTF8, 0, utf16.data(), size, text.data(), length, nullptr, nullptr);
  return text;
}

std::wstring wide_path(std::string_view utf8) {
  auto path = wide(utf8);
  std::replace(path.begin(), path.end(), L'/', L'\\');
  const bool absolute = path.size() > 2 && path[1] == L':' && path[2] == L'\\';
  return absolute && path.size() >= MAX_PATH - 12 ? L"\\\\?\\" + path : path;  // 12: room for a file name of 8.3, CreateDirectoryW
}

}  // namespace gokajo::platform
