#include "platform/system_proxy.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace gokajo::platform {
namespace {

constexpr std::size_t kMostEntries = 200;
constexpr std::size_t kMaxHost = 255;
constexpr std::string_view kBetween = "; \t\r\n";

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

std::vector<std::string> entries_of(std::string_view list) {
  std::vector<std::string> entries;
  for (std::size_t at = 0; at < list.size() && entries.size() < kMostEntries;) {
    const auto from = list.find_first_not_of(kBetween, at);
    if (from == std::string_view::npos) break;
    at = std::min(list.find_first_of(kBetween, from), list.size());
    entries.push_back(lower(list.substr(from, at - from)));
  }
  return entries;
}

// "host", "host:port" or "[address]:port", with a port.
std::optional<std::string> authority(std::string_view text) {
  if (text.ends_with('/')) text.remove_suffix(1);
  const auto closed = text.starts_with('[') ? text.find(']') : std::string_view::npos;
  if (text.starts_with('[') && closed == std::string_view::npos) return std::nullopt;
  const auto colon = text.find(':', closed == std::string_view::npos ? 0 : closed);
  const auto host = text.substr(0, colon);
  const auto allowed = closed == std::string_view::npos ? "abcdefghijklmnopqrstuvwxyz0123456789.-_" : "abcdef0123456789:.[]%";
  if (host.empty() || host.size() > kMaxHost || host.find_first_not_of(allowed) != std::string_view::npos) return std::nullopt;
  if (closed != std::string_view::npos && host.size() != closed + 1) return std::nullopt;
  if (colon == std::string_view::npos) return std::string(host) + ":80";
  const auto port = text.substr(colon + 1);
  if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  const auto number = std::stoi(std::string(port));
  return number > 0 && number < 65536 ? std::optional(std::string(text)) : std::nullopt;
}

// "*" is any run of letters.
bool matches(std::string_view text, std::string_view pattern) {
  std::size_t at = 0, p = 0, star = std::string_view::npos, back = 0;
  while (at < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      back = at;
    } else if (p < pattern.size() && pattern[p] == text[at]) {
      ++p;
      ++at;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      at = ++back;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace

std::optional<std::string> first_proxy(std::string_view list) {
  std::optional<std::string> any;
  for (const std::string& entry : entries_of(list)) {
    std::string_view rest = entry;
    const auto equals = rest.find('=');
    const bool for_https = rest.starts_with("https=");
    if (equals != std::string_view::npos && !for_https) continue;
    if (for_https) rest.remove_prefix(equals + 1);
    if (rest.starts_with("http://")) rest.remove_prefix(7);
    const auto found = authority(rest);
    if (found && for_https) return "http://" + *found;
    if (found && !any) any = "http://" + *found;
  }
  return any;
}

bool is_bypassed(std::string_view host, std::string_view list) {
  const auto name = lower(host);
  for (const auto& entry : entries_of(list)) {
    if (entry == "<local>" ? name.find('.') == std::string::npos && name.find(':') == std::string::npos : matches(name, entry)) return true;
  }
  return false;
}

}  // namespace gokajo::platform
