#include "platform/embedded.h"

#include <cstdio>
#include <cstdlib>

#include "platform/expanded_file.h"

namespace gokajo::embedded {

Unpacked::Unpacked(std::string_view packed, std::span<const PackedFile> files) {
  std::size_t bytes = 0;
  for (const auto& file : files) bytes += file.bytes;
  auto text = platform::expanded(packed, bytes);
  if (!text || text->size() != bytes) {
    std::fprintf(stderr, "gokajo: the data in this program is damaged\n");
    std::abort();
  }
  text_ = std::move(*text);
  std::string_view rest = text_;
  for (const auto& file : files) {
    files_.push_back({file.name, rest.substr(0, file.bytes)});
    rest.remove_prefix(file.bytes);
  }
}

}  // namespace gokajo::embedded
