#include <windows.h>

#include <algorithm>

#include "platform/durable_file.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

constexpr std::size_t kMaxPiece = 16U << 20U;  // of one WriteFile
constexpr int kTries = 50;                     // of 20 ms: virus scanners and indexers hold new files open for moments
constexpr DWORD kPause = 20;

bool write_all(HANDLE file, std::string_view bytes) {
  while (!bytes.empty()) {
    DWORD wrote = 0;
    if (!WriteFile(file, bytes.data(), static_cast<DWORD>(std::min(bytes.size(), kMaxPiece)), &wrote, nullptr) || wrote == 0) return false;
    bytes.remove_prefix(wrote);
  }
  return true;
}

bool is_held(DWORD code) { return code == ERROR_SHARING_VIOLATION || code == ERROR_ACCESS_DENIED || code == ERROR_LOCK_VIOLATION; }

// NTFS journals a rename; MOVEFILE_WRITE_THROUGH returns when it is on the disk (MoveFileExW). A directory cannot be flushed by itself.
Status move_over(const std::wstring& from, const std::wstring& to, const std::string& name) {
  for (int i = 0;; ++i) {
    if (MoveFileExW(from.c_str(), to.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH)) return Done{};
    if (!is_held(GetLastError()) || i == kTries) return last_windows_error(name);
    Sleep(kPause);
  }
}

// A name like mkostemp's: the leftovers of a program that was killed are known by it. Made only where nothing of that name is.
Handle make_temporary(const std::string& path, PrivateAttributes& attributes, std::wstring& name) {
  static constexpr wchar_t kLetters[] = L"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  static volatile LONG count = 0;
  for (int i = 0; i < kTries; ++i) {
    auto number = (static_cast<ULONGLONG>(GetCurrentProcessId()) << 40U) ^ (GetTickCount64() << 16U) ^
                  static_cast<ULONGLONG>(InterlockedIncrement(&count));
    name = wide_path(path) + L".";
    for (int k = 0; k < 6; ++k, number = number * 6364136223846793005ULL + 1442695040888963407ULL) name += kLetters[(number >> 33U) % 62];
    Handle file(CreateFileW(name.c_str(), GENERIC_WRITE, 0, attributes.get(), CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr));
    if (file || (GetLastError() != ERROR_FILE_EXISTS && GetLastError() != ERROR_SHARING_VIOLATION)) return file;
  }
  return Handle();
}

}  // namespace

Status rename_durably(const std::string& from, const std::string& to) {
  {
    const Handle file(CreateFileW(wide_path(from).c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                  FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
    if (!file || !FlushFileBuffers(file.get())) return last_windows_error(from);
  }
  return move_over(wide_path(from), wide_path(to), to);
}

Status write_file_durably(const std::string& path, std::string_view bytes, Readers readers) {
  PrivateAttributes attributes(readers == Readers::everybody);
  if (!attributes.get()) return last_windows_error(path);
  std::wstring temporary;
  Status done = Done{};
  {
    const Handle file = make_temporary(path, attributes, temporary);
    if (!file) return last_windows_error(path);
    if (!write_all(file.get(), bytes) || !FlushFileBuffers(file.get())) done = last_windows_error(path);
  }
  if (done) done = move_over(temporary, wide_path(path), path);
  if (!done) DeleteFileW(temporary.c_str());
  return done;
}

Status remove_file_durably(const std::string& path) {
  for (int i = 0;; ++i) {
    if (DeleteFileW(wide_path(path).c_str())) return Done{};
    const auto code = GetLastError();
    if (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND) return Done{};
    if (!is_held(code) || i == kTries) return windows_error(path, code);
    Sleep(kPause);
  }
}

}  // namespace gokajo::platform
