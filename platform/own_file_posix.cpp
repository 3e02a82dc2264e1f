#include <unistd.h>

#include "platform/linux/files.h"
#include "platform/own_file.h"

namespace gokajo::platform {

Result<std::string> read_own_file(const std::string& path, std::size_t max_bytes) {
  ReadFile question{.path = path, .max_bytes = static_cast<std::int64_t>(max_bytes)};
  auto contents = read_file_safely(question);
  if (!contents) return contents.error();
  const auto& status = contents->status;
  if ((status.uid != 0 && status.uid != static_cast<std::int64_t>(geteuid())) || (status.mode & 022) != 0)
    return Error{ErrorKind::denied, path + ": others can change this file"};
  return std::move(contents->bytes.data);
}

}  // namespace gokajo::platform
