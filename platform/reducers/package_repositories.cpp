/// \file
/// Repository files of dnf, yum and zypper (dnf.conf(5), "[id]" sections of key=value lines), reduced to what says where updates come from
/// and what is left out. Passwords, user names, proxies and client keys are dropped, credentials and queries cut out of addresses.
#include <algorithm>
#include <array>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {
namespace {

constexpr std::array<std::string_view, 15> kKept = {"enabled",  "baseurl",         "mirrorlist",  "metalink", "type",
                                                    "exclude",  "excludepkgs",     "includepkgs", "name",     "autorefresh",
                                                    "cachedir", "metadata_expire", "reposdir",    "best",     "path"};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// "https://user:secret@host/path?token=..." -> "https://host/path".
std::string without_credentials(std::string_view address) {
  std::string out(address.substr(0, address.find_first_of("?#")));
  const auto scheme = out.find("://");
  if (scheme == std::string::npos) return out;
  const auto host = scheme + 3;
  const auto end = std::min(out.find('/', host), out.size());
  const auto at = out.rfind('@', end);
  if (at != std::string::npos && at >= host && at < end) out.erase(host, at + 1 - host);
  return out;
}

bool is_address(std::string_view key) { return key == "baseurl" || key == "mirrorlist" || key == "metalink"; }

}  // namespace

Result<std::string> package_repositories(std::string_view bytes) {
  std::string out;
  bool kept_key = false;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const auto whole = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const auto line = trimmed(whole);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    // A further line of the value above it: only list values may have one, and addresses among them may hold credentials.
    if (whole.front() == ' ' || whole.front() == '\t') {
      if (kept_key) out.append(" ").append(without_credentials(line)).append("\n");
      continue;
    }
    if (line.front() == '[' && line.back() == ']') {
      kept_key = false;
      out.append(line).append("\n");
      continue;
    }
    const auto equals = line.find('=');
    const auto key = equals == std::string_view::npos ? std::string_view{} : trimmed(line.substr(0, equals));
    kept_key = std::find(kKept.begin(), kKept.end(), key) != kKept.end();
    if (!kept_key) continue;
    const auto value = trimmed(line.substr(equals + 1));
    out.append(key).append("=").append(is_address(key) ? without_credentials(value) : std::string(value)).append("\n");
  }
  return out;
}

}  // namespace gokajo::platform::reducers
