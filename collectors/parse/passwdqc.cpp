#include "collectors/parse/passwdqc.h"

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {
namespace {

bool set_least(PasswdqcSettings& settings, std::string_view value) {
  const auto parts = fields(value, ',');
  if (parts.size() != settings.least.size()) return false;
  std::optional<std::int64_t> before;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto least = parts[i] == "disabled" ? std::optional<std::int64_t>{} : number(parts[i]);
    if (!least && parts[i] != "disabled") return false;
    // "Each subsequent number is required to be no larger than the preceding one"; disabled counts as larger than any.
    if (before && (!least || *least > *before)) return false;
    before = least;
    settings.least.at(i) = least;
  }
  return true;
}

}  // namespace

bool set_passwdqc(PasswdqcSettings& settings, std::string_view option, const std::string& from) {
  const auto equals = option.find('=');
  const auto name = option.substr(0, equals);
  const auto value = equals == std::string_view::npos ? std::string_view{} : option.substr(equals + 1);
  if (name == "min") {
    settings.min_from = from;
    return set_least(settings, value);
  }
  if (name == "enforce") {
    settings.enforced = value != "none";
    return value == "none" || value == "users" || value == "everyone";
  }
  if (name == "config") settings.config = std::string(value);
  return true;
}

bool parse_passwdqc(std::string_view text, const std::string& path, PasswdqcSettings& settings) {
  std::int64_t at = 0;
  for (const auto raw : lines(text)) {
    ++at;
    const auto line = trimmed(raw);
    if (line.empty() || line.starts_with('#')) continue;
    if (!set_passwdqc(settings, line, path + ":" + std::to_string(at))) return false;
  }
  return true;
}

std::optional<std::int64_t> shortest_taken(const PasswdqcSettings& settings) {
  if (!settings.enforced) return 1;
  std::optional<std::int64_t> least;
  for (const auto& one : settings.least)
    if (one && (!least || *one < *least)) least = one;
  return least;
}

std::int64_t kinds_demanded(const PasswdqcSettings& settings) {
  if (!settings.enforced) return 0;
  if (settings.least[0]) return 0;
  if (settings.least[1]) return 2;
  return settings.least[3] ? 3 : 4;
}

}  // namespace gokajo::collectors::parse
