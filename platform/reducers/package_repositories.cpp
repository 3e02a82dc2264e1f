/// \file
/// Repository files of dnf, yum and zypper (dnf.conf(5), "[id]" sections of key=value lines), reduced to what says where updates come from
/// and what is left out. Passwords, user names, proxies and client keys are dropped, credentials and queries cut out of addresses.
#include <algorithm>
#include <array>

#include "platform/credentials.h"
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

// Where the address ends that `text` begins in: at a blank, or at a comma with another address behind it.
std::size_t end_of_address(std::string_view text) {
  for (std::size_t at = text.find_first_of(" \t,"); at != std::string_view::npos; at = text.find_first_of(" \t,", at + 1)) {
    if (text[at] != ',') return at;
    const auto next = trimmed(text.substr(at + 1));
    if (next.substr(0, next.find_first_of(":/?#, \t")).size() == next.find("://")) return at;
  }
  return text.size();
}

// "https://host/path?token=... https://other/?token=..." -> "https://host/path https://other/".
std::string without_queries(std::string_view addresses) {
  std::string out;
  for (auto at = addresses.find_first_of("?#"); at != std::string_view::npos; at = addresses.find_first_of("?#")) {
    out += addresses.substr(0, at);
    addresses.remove_prefix(at);
    addresses.remove_prefix(end_of_address(addresses));
  }
  return out.append(addresses);
}

bool is_address(std::string_view key) { return key == "baseurl" || key == "mirrorlist" || key == "metalink"; }

// A value may list several addresses (dnf.conf(5), baseurl); no other value is one, but none needs a user's name in one either.
std::string reduced_value(std::string_view value, bool addresses) {
  const auto bare = without_credentials(value);
  return addresses ? without_queries(bare) : bare;
}

}  // namespace

Result<std::string> package_repositories(std::string_view bytes) {
  std::string out;
  bool kept_key = false, addresses = false;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    const auto whole = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    const auto line = trimmed(whole);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    // A further line of the value above it: only list values may have one, and addresses among them may hold credentials.
    if (whole.front() == ' ' || whole.front() == '\t') {
      if (kept_key) out.append(" ").append(reduced_value(line, addresses)).append("\n");
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
    addresses = is_address(key);
    out.append(key).append("=").append(reduced_value(trimmed(line.substr(equals + 1)), addresses)).append("\n");
  }
  return out;
}

}  // namespace gokajo::platform::reducers
