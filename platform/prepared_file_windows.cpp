#include <windows.h>
#include <fcntl.h>
#include <io.h>

#include <algorithm>
#include <utility>

#include "platform/prepared_file.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

namespace gokajo::platform {

Result<PreparedFile> PreparedFile::create(const std::string& path) {
  PrivateAttributes attributes;
  if (!attributes.get()) return last_windows_error(path);
  Handle file(CreateFileW(wide_path(path).c_str(), GENERIC_WRITE, 0, attributes.get(), CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr));
  if (!file) return last_windows_error(path);
  const int descriptor = _open_osfhandle(reinterpret_cast<intptr_t>(file.get()), _O_WRONLY | _O_BINARY | _O_NOINHERIT);
  if (descriptor < 0) return Error{ErrorKind::failed, path + ": no file descriptor left"};
  file.release();
  return PreparedFile(descriptor, path);
}

PreparedFile::PreparedFile(PreparedFile&& other) noexcept : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_)) {}

PreparedFile::~PreparedFile() {
  if (file_ < 0) return;
  (void)_chsize(file_, 0);
  _close(file_);
  DeleteFileW(wide_path(path_).c_str());
}

Status PreparedFile::write(std::string_view bytes) {
  const auto file = reinterpret_cast<HANDLE>(_get_osfhandle(file_));
  while (!bytes.empty()) {
    DWORD wrote = 0;
    if (!WriteFile(file, bytes.data(), static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1U << 20U)), &wrote, nullptr))
      return last_windows_error(path_);
    bytes.remove_prefix(wrote);
  }
  if (!FlushFileBuffers(file)) return last_windows_error(path_);
  _close(std::exchange(file_, -1));
  return Done{};
}

}  // namespace gokajo::platform
