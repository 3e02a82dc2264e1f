#include <windows.h>

#include "platform/windows/files.h"

#include <algorithm>

#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/text.h"
#include "platform/windows/time.h"

namespace gokajo::platform {
namespace {

FileType type_of(DWORD attributes) {
  if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) return FileType::link;
  if ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return FileType::directory;
  return (attributes & FILE_ATTRIBUTE_DEVICE) != 0 ? FileType::other : FileType::regular;
}

// Only "C:\...": no device (\\.\), no other PC (\\server), no second stream of a file (name:stream).
bool is_plain_path(const std::string& path) {
  return path.size() > 2 && std::isalpha(static_cast<unsigned char>(path[0])) != 0 && path[1] == ':' && path[2] == '\\' &&
         path.find(':', 2) == std::string::npos;
}

Error not_plain(const std::string& path) { return {ErrorKind::denied, path + ": not a path on a drive of this PC"}; }

FileStatus status_from(const BY_HANDLE_FILE_INFORMATION& information) {
  FileStatus status;
  status.type = type_of(information.dwFileAttributes);
  status.size = static_cast<std::int64_t>((static_cast<std::uint64_t>(information.nFileSizeHigh) << 32U) | information.nFileSizeLow);
  status.modified = time_of(information.ftLastWriteTime);
  status.changed = status.modified;
  return status;
}

Result<Handle> open_file(const std::string& path, DWORD access, bool follow) {
  if (!is_plain_path(path)) return not_plain(path);
  const DWORD flags = FILE_FLAG_BACKUP_SEMANTICS | (follow ? 0 : FILE_FLAG_OPEN_REPARSE_POINT);
  Handle file(CreateFileW(wide_path(path).c_str(), access, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                          flags, nullptr));
  if (!file) return last_windows_error(path);
  return file;
}

}  // namespace

Result<FileContents> read_file_safely(const ReadFile& question) {
  if (question.as_uid) return Error{ErrorKind::unsupported, question.path + ": as another user"};
  auto file = open_file(question.path, GENERIC_READ, false);
  if (!file) return file.error();
  BY_HANDLE_FILE_INFORMATION information{};
  if (!GetFileInformationByHandle(file->get(), &information)) return last_windows_error(question.path);
  FileContents contents;
  contents.status = status_from(information);
  if (contents.status.type != FileType::regular) return Error{ErrorKind::denied, question.path + ": not a regular file"};
  const auto most = question.prefix_bytes.value_or(question.max_bytes);
  if (!question.prefix_bytes && contents.status.size > question.max_bytes)
    return Error{ErrorKind::too_large, question.path + ": more than " + std::to_string(question.max_bytes) + " bytes"};
  std::string piece(64U << 10U, '\0');
  auto& bytes = contents.bytes.data;
  while (static_cast<std::int64_t>(bytes.size()) < most) {
    DWORD count = 0;
    if (!::ReadFile(file->get(), piece.data(), static_cast<DWORD>(piece.size()), &count, nullptr)) return last_windows_error(question.path);
    if (count == 0) break;
    bytes.append(piece, 0, count);
    if (!question.prefix_bytes && static_cast<std::int64_t>(bytes.size()) > question.max_bytes)
      return Error{ErrorKind::too_large, question.path + ": more than " + std::to_string(question.max_bytes) + " bytes"};
  }
  bytes.resize(std::min(bytes.size(), static_cast<std::size_t>(most)));
  return contents;
}

Result<FileStatus> file_status(const StatFile& question) {
  auto file = open_file(question.path, FILE_READ_ATTRIBUTES, question.follow);
  if (!file) return file.error();
  BY_HANDLE_FILE_INFORMATION information{};
  if (!GetFileInformationByHandle(file->get(), &information)) return last_windows_error(question.path);
  return status_from(information);
}

Result<Directory> list_directory(const ListDirectory& question) {
  if (!is_plain_path(question.path)) return not_plain(question.path);
  WIN32_FIND_DATAW found{};
  const HANDLE search =
      FindFirstFileExW((wide_path(question.path) + L"\\*").c_str(), FindExInfoBasic, &found, FindExSearchNameMatch, nullptr, 0);
  if (search == INVALID_HANDLE_VALUE) return last_windows_error(question.path);
  Directory directory;
  bool more = true;
  for (; more && static_cast<std::int64_t>(directory.entries.size()) <= question.max_entries; more = FindNextFileW(search, &found) != 0) {
    const std::wstring_view name = found.cFileName;
    if (name == L"." || name == L"..") continue;
    DirectoryEntry entry;
    entry.name = utf8(name);
    entry.status.type = type_of(found.dwFileAttributes);
    entry.status.size = static_cast<std::int64_t>((static_cast<std::uint64_t>(found.nFileSizeHigh) << 32U) | found.nFileSizeLow);
    entry.status.modified = time_of(found.ftLastWriteTime);
    entry.status.changed = entry.status.modified;
    directory.entries.push_back(std::move(entry));
  }
  const auto code = GetLastError();
  FindClose(search);
  if (more) return Error{ErrorKind::too_large, question.path + ": more than " + std::to_string(question.max_entries) + " entries"};
  if (code != ERROR_NO_MORE_FILES) return windows_error(question.path, code);
  std::sort(directory.entries.begin(), directory.entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return directory;
}

}  // namespace gokajo::platform
