#include <windows.h>

#include "platform/own_file.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

Result<Handle> open_plain(const std::string& path, DWORD access) {
  Handle file(CreateFileW(wide_path(path).c_str(), access | READ_CONTROL, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                          OPEN_EXISTING, FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_SEQUENTIAL_SCAN, nullptr));
  if (!file) return last_windows_error(path);
  BY_HANDLE_FILE_INFORMATION information{};
  if (GetFileType(file.get()) != FILE_TYPE_DISK || !GetFileInformationByHandle(file.get(), &information))
    return Error{ErrorKind::denied, path + ": not a file"};
  if ((information.dwFileAttributes & (FILE_ATTRIBUTE_REPARSE_POINT | FILE_ATTRIBUTE_DIRECTORY)) != 0)
    return Error{ErrorKind::denied, path + ": not a file"};
  if (information.nNumberOfLinks > 1) return Error{ErrorKind::denied, path + ": has a second name"};
  return file;
}

Result<std::string> read_file_of_ours(const std::string& path, std::size_t max_bytes, std::uint32_t forbidden, const char* problem) {
  auto file = open_plain(path, GENERIC_READ);
  if (!file) return file.error();
  if (!is_wine()) {
    const auto descriptor = descriptor_of(file->get(), path);
    if (!descriptor) return descriptor.error();
    if (const auto stranger = stranger_with(*descriptor, trusted_sids(), forbidden))
      return Error{ErrorKind::denied, path + problem + " (" + *stranger + ")"};
  }
  std::string bytes;
  std::string piece(64U << 10U, '\0');
  for (;;) {
    DWORD count = 0;
    if (!ReadFile(file->get(), piece.data(), static_cast<DWORD>(piece.size()), &count, nullptr)) return last_windows_error(path);
    if (count == 0) return bytes;
    if (bytes.size() + count > max_bytes) return Error{ErrorKind::too_large, path + ": more than " + std::to_string(max_bytes) + " bytes"};
    bytes.append(piece, 0, count);
  }
}

}  // namespace

Result<std::string> read_own_file(const std::string& path, std::size_t max_bytes) {
  return read_file_of_ours(path, max_bytes, kAnyWrite, ": others can change this file");
}

Result<std::string> read_secret_file(const std::string& path, std::size_t max_bytes) {
  return read_file_of_ours(path, max_bytes, kAnyWrite | kReadData, ": others can read or change this file");
}

Status make_own_file(const std::string& path) {
  PrivateAttributes attributes;
  if (!attributes.get()) return last_windows_error(path);
  const Handle file(
      CreateFileW(wide_path(path).c_str(), GENERIC_WRITE, FILE_SHARE_READ, attributes.get(), CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr));
  if (file) return Done{};
  const auto code = GetLastError();
  const auto attributes_there = GetFileAttributesW(wide_path(path).c_str());
  if ((code == ERROR_FILE_EXISTS || code == ERROR_ALREADY_EXISTS) && attributes_there != INVALID_FILE_ATTRIBUTES) {
    const bool plain = (attributes_there & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT)) == 0;
    return plain ? Status(Done{}) : Status(Error{ErrorKind::denied, path + ": not a file"});
  }
  return windows_error(path, code);
}

}  // namespace gokajo::platform
