#include "hub/store_watch.h"

#include <algorithm>
#include <filesystem>

namespace gokajo::hub {

using platform::Error, platform::ErrorKind;

std::optional<Error> StoreWatch::look(std::span<const HttpReply> replies) {
  const auto any = [&](int status) {
    return std::any_of(replies.begin(), replies.end(), [&](const auto& one) { return one.status == status; });
  };
  if (any(503)) {  // nothing else in a batch is answered so
    in_trouble_ = true;
    std::error_code unknown;
    const auto room = std::filesystem::space(directory_, unknown).available;
    return Error{ErrorKind::failed, (!unknown && room < kLittleRoom ? kDiskFull : kNotStored) + (": " + directory_)};
  }
  if (!in_trouble_ || !any(200)) return std::nullopt;
  in_trouble_ = false;
  return Error{ErrorKind::failed, kStoredAgain};
}

}  // namespace gokajo::hub
