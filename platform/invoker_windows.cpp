#include <windows.h>
#include <io.h>
#include <lmcons.h>
#include <shlobj.h>

#include "platform/invoker.h"
#include "platform/windows/error.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

constexpr int kUsualColumns = 80;

Status make_with_parents(const std::string& path) {
  for (auto cut = path.find_first_of("\\/", 3);; cut = path.find_first_of("\\/", cut + 1)) {
    const bool last = cut == std::string::npos;
    PrivateAttributes attributes;
    if (!attributes.get()) return last_windows_error(path);
    // Only the last one is ours; those above are made as Windows makes them.
    if (!CreateDirectoryW(wide_path(path.substr(0, cut)).c_str(), last ? attributes.get() : nullptr) &&
        GetLastError() != ERROR_ALREADY_EXISTS && (last || GetLastError() != ERROR_ACCESS_DENIED))
      return last_windows_error(path.substr(0, cut));
    if (last) return Done{};
  }
}

}  // namespace

Invoker current_invoker() {
  Invoker who;
  who.elevated = is_elevated();
  const auto sid = own_sid();
  who.uid = sid == "S-1-5-18" ? 0 : std::atoll(sid.substr(sid.rfind('-') + 1).c_str());
  wchar_t name[UNLEN + 1] = L"";
  DWORD length = UNLEN + 1;
  who.login = GetUserNameW(name, &length) ? utf8(name) : sid;
  PWSTR home = nullptr;
  if (SUCCEEDED(SHGetKnownFolderPath(FOLDERID_Profile, KF_FLAG_DONT_VERIFY, nullptr, &home))) who.home = utf8(home);
  CoTaskMemFree(home);
  return who;
}

bool is_terminal(Stream stream) {
  const DWORD which = stream == Stream::in ? STD_INPUT_HANDLE : stream == Stream::out ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE;
  DWORD mode = 0;
  return GetConsoleMode(GetStdHandle(which), &mode) != 0;
}

int terminal_columns() {
  CONSOLE_SCREEN_BUFFER_INFO information{};
  if (!GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &information)) return kUsualColumns;
  const int columns = information.srWindow.Right - information.srWindow.Left + 1;
  return columns > 0 ? columns : kUsualColumns;
}

Status own_private_directory(const std::string& path) {
  if (path.size() < 4 || path[1] != ':') return Error{ErrorKind::denied, path + ": not an absolute path on a drive"};
  if (GetFileAttributesW(wide_path(path).c_str()) == INVALID_FILE_ATTRIBUTES) {
    const auto code = GetLastError();
    if (code != ERROR_FILE_NOT_FOUND && code != ERROR_PATH_NOT_FOUND) return windows_error(path, code);
    if (auto made = make_with_parents(path); !made) return made;
  }
  return in_no_strangers_hands(path);
}

}  // namespace gokajo::platform
