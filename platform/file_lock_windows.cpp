#include <windows.h>
#include <fcntl.h>
#include <io.h>

#include <utility>

#include "platform/file_lock.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

namespace gokajo::platform {

// A file that may be opened once at a time: the system gives it back however the program ends.
Result<std::optional<FileLock>> FileLock::take(const std::string& path) {
  PrivateAttributes attributes;
  if (!attributes.get()) return last_windows_error(path);
  Handle file(CreateFileW(wide_path(path).c_str(), GENERIC_READ | GENERIC_WRITE, 0, attributes.get(), OPEN_ALWAYS,
                          FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
  if (!file) {
    const auto code = GetLastError();
    if (code == ERROR_SHARING_VIOLATION) return std::optional<FileLock>();
    return windows_error(path, code);
  }
  const int descriptor = _open_osfhandle(reinterpret_cast<intptr_t>(file.get()), _O_RDWR | _O_BINARY | _O_NOINHERIT);
  if (descriptor < 0) return Error{ErrorKind::failed, path + ": no file descriptor left"};
  file.release();
  return std::optional<FileLock>(FileLock(descriptor));
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) _close(descriptor_);
}

}  // namespace gokajo::platform
