#include "platform/package_codecs.h"

namespace gokajo::platform {

Result<std::unique_ptr<Codec>> package_codec(std::string_view start) {
  using namespace std::string_view_literals;
  for (const auto magic : {"\x1F\x8B"sv, "\xFD\x37zXZ\0"sv, "\x04\x22\x4D\x18"sv})
    if (start.starts_with(magic)) return Error{ErrorKind::unsupported, "data compressed as on Linux"};
  return std::unique_ptr<Codec>();
}

}  // namespace gokajo::platform
