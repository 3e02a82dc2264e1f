#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "platform/codec.h"
#include "platform/expanded_file.h"

namespace gokajo::platform {
namespace {

constexpr std::size_t kInputBytes = 65536;

}  // namespace

ExpandedFile::ExpandedFile(int descriptor, std::uint64_t max_bytes)
    : descriptor_(descriptor), left_(max_bytes), input_(new char[kInputBytes]) {}

ExpandedFile::~ExpandedFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

Result<std::size_t> ExpandedFile::fill() {
  std::size_t size = 0;
  // The first bytes decide the codec, so they must all be there.
  do {
    const auto got = ::read(descriptor_, input_.get() + size, kInputBytes - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{ErrorKind::failed, std::strerror(errno)};
    if (got == 0) end_of_file_ = true;
    size += static_cast<std::size_t>(got);
  } while (!end_of_file_ && size < 8);
  waiting_ = {input_.get(), size};
  return size;
}

Result<std::size_t> ExpandedFile::read(char* into, std::size_t size) {
  char* out = into;
  std::size_t room = size;
  while (room > 0) {
    if (waiting_.empty() && !end_of_file_)
      if (auto filled = fill(); !filled) return filled;
    if (!codec_) {
      auto codec = codec_for(waiting_);
      if (!codec) return codec.error();
      codec_ = std::move(*codec);
    }
    const auto before = room;
    const auto in_before = waiting_.size();
    if (auto status = codec_->step(waiting_, out, room, end_of_file_); !status) return status.error();
    if (before == room && in_before == waiting_.size() && end_of_file_) {  // nothing goes in, nothing comes out
      if (!waiting_.empty() || !codec_->finished) return Error{ErrorKind::malformed, "compressed data is cut off"};
      break;
    }
  }
  const auto made = size - room;
  if (made > left_) return Error{ErrorKind::too_large, "expands to more than the limit"};
  left_ -= made;
  return made;
}

}  // namespace gokajo::platform
