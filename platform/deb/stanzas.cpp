#include "platform/deb/stanzas.h"

#include <cstring>

namespace gokajo::platform::deb {
namespace {

constexpr std::size_t kChunkBytes = 256U << 10U;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Hands on every stanza that is whole; returns how much of `text` was used.
std::size_t take_whole(std::string_view text, const std::function<void(std::string_view)>& take) {
  std::size_t used = 0;
  while (true) {
    while (used < text.size() && text[used] == '\n') ++used;
    const auto end = text.find("\n\n", used);
    if (end == std::string_view::npos) return used;
    const auto length = end - used + 1;
    take(text.substr(used, length));
    used += length + 1;
  }
}

}  // namespace

Status for_each_stanza(const ReadBytes& read, const std::function<void(std::string_view)>& take) {
  std::string buffer;
  std::size_t filled = 0;
  while (true) {
    if (buffer.size() < filled + kChunkBytes) buffer.resize(filled + kChunkBytes);
    const auto got = read(buffer.data() + filled, kChunkBytes);
    if (!got) return got.error();
    if (std::memchr(buffer.data() + filled, 0, *got) != nullptr) return Error{ErrorKind::malformed, "a zero byte in a text file"};
    filled += *got;
    const auto used = take_whole({buffer.data(), filled}, take);
    std::memmove(buffer.data(), buffer.data() + used, filled - used);
    filled -= used;
    if (filled > kMaxStanzaBytes) return Error{ErrorKind::too_large, "a stanza is larger than the limit"};
    if (*got > 0) continue;
    if (filled > 0 && !trimmed({buffer.data(), filled}).empty()) take({buffer.data(), filled});
    return Done{};
  }
}

std::string_view field(std::string_view stanza, std::string_view name) {
  std::size_t at = 0;
  while (at < stanza.size()) {
    std::size_t end = stanza.find('\n', at);
    if (end == std::string_view::npos) end = stanza.size();
    if (stanza.compare(at, name.size(), name) == 0 && at + name.size() < end && stanza[at + name.size()] == ':') {
      while (end + 1 < stanza.size() && (stanza[end + 1] == ' ' || stanza[end + 1] == '\t')) {
        const auto next = stanza.find('\n', end + 1);
        end = next == std::string_view::npos ? stanza.size() : next;
      }
      return trimmed(stanza.substr(at + name.size() + 1, end - at - name.size() - 1));
    }
    at = end + 1;
  }
  return {};
}

}  // namespace gokajo::platform::deb
