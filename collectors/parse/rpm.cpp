#include "collectors/parse/rpm.h"

#include <algorithm>

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {
namespace {

using platform::Time;

// Times before 2001 or after 2100 are no times of an index: revisions may be any text ("2.0").
constexpr std::int64_t kEarliest = 978307200, kLatest = 4102444800;

std::optional<Time> index_time(std::string_view text) {
  const auto dot = std::min(text.find('.'), text.size());  // createrepo of RHEL 5 wrote fractions
  const auto seconds = number(trimmed(text.substr(0, dot)));
  if (!seconds || *seconds < kEarliest || *seconds > kLatest) return std::nullopt;
  return Time{std::chrono::seconds{*seconds}};
}

// The texts of all elements <name>...</name>.
std::vector<std::string_view> texts(std::string_view xml, const std::string& name) {
  std::vector<std::string_view> found;
  const std::string open = "<" + name + ">", close = "</" + name + ">";
  for (auto at = xml.find(open); at != std::string_view::npos; at = xml.find(open, at)) {
    at += open.size();
    const auto end = xml.find(close, at);
    if (end == std::string_view::npos) break;
    found.push_back(xml.substr(at, end - at));
  }
  return found;
}

}  // namespace

std::optional<std::vector<RpmPackage>> rpm_packages(std::string_view text) {
  std::vector<RpmPackage> found;
  for (const auto line : lines(text)) {
    const auto part = fields(line, '\t');
    if (part.size() != 5 || part[0].empty() || part[2].empty()) return std::nullopt;
    if (part[0] == "gpg-pubkey") continue;
    RpmPackage package{std::string(part[0]), std::string(part[1]), std::string(part[2]), std::string(part[3]), std::nullopt};
    if (const auto seconds = number(part[4])) package.installed_at = Time{std::chrono::seconds{*seconds}};
    found.push_back(std::move(package));
  }
  return found;
}

std::optional<Nevra> nevra(std::string_view text) {
  const auto dot = text.rfind('.');
  if (dot == std::string_view::npos || dot + 1 == text.size()) return std::nullopt;
  const auto name_evr = text.substr(0, dot);
  const auto release = name_evr.rfind('-');
  if (release == std::string_view::npos || release == 0) return std::nullopt;
  const auto version = name_evr.rfind('-', release - 1);
  if (version == std::string_view::npos || version == 0) return std::nullopt;
  return Nevra{std::string(name_evr.substr(0, version)), std::string(name_evr.substr(version + 1)), std::string(text.substr(dot + 1))};
}

std::vector<Section> sections(std::string_view text) {
  std::vector<Section> found;
  std::string key;
  for (const auto whole : lines(text)) {
    const auto line = trimmed(whole);
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (line.front() == '[' && line.back() == ']') {
      found.push_back({std::string(line.substr(1, line.size() - 2)), {}});
      key.clear();
    } else if (!found.empty() && (whole.front() == ' ' || whole.front() == '\t')) {
      if (!key.empty()) found.back().values[key].append(" ").append(line);
    } else if (const auto equals = line.find('='); !found.empty() && equals != std::string_view::npos) {
      key = lower(trimmed(line.substr(0, equals)));
      found.back().values[key] = std::string(trimmed(line.substr(equals + 1)));
    }
  }
  return found;
}

bool is_on(const Section& section, const std::string& key, bool otherwise) {
  const auto found = section.values.find(key);
  if (found == section.values.end()) return otherwise;
  const auto value = lower(found->second);
  return value == "1" || value == "true" || value == "yes" || value == "on";
}

std::optional<RepositoryIndex> repository_index(std::string_view xml) {
  if (xml.find("<repomd") == std::string_view::npos || xml.find("</repomd>") == std::string_view::npos) return std::nullopt;
  RepositoryIndex index;
  const auto consider = [&](std::string_view text) {
    if (const auto time = index_time(text)) index.made = std::max(index.made.value_or(Time{}), *time);
  };
  for (const auto text : texts(xml, "revision")) consider(text);
  for (const auto text : texts(xml, "timestamp")) consider(text);
  index.has_advisories = xml.find("<data type=\"updateinfo\"") != std::string_view::npos;
  return index;
}

}  // namespace gokajo::collectors::parse
