/// \file
/// sssd.conf(5) reduced to which domains it serves: section names and the keys "domains" and "id_provider". Everything else goes, for the
/// file holds the password SSSD binds with (ldap_default_authtok).
#include <algorithm>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

Result<std::string> sssd(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const auto line = trimmed(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const auto key = trimmed(line.substr(0, line.find('=')));
    const bool section = line.starts_with('[') && line.ends_with(']');
    if (section || key == "domains" || key == "id_provider") out += std::string(line) + '\n';
  }
  return out;
}

}  // namespace gokajo::platform::reducers
