#include "platform/credentials.h"

namespace gokajo::platform {

std::string without_credentials(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (auto slashes = text.find("//"); slashes != std::string_view::npos; slashes = text.find("//")) {
    out += text.substr(0, slashes + 2);
    text.remove_prefix(slashes + 2);
    const auto address = text.substr(0, text.find_first_of("/ \t\r\n\"'<>"));
    if (const auto at = address.rfind('@'); at != std::string_view::npos) text.remove_prefix(at + 1);
  }
  return out.append(text);
}

}  // namespace gokajo::platform
