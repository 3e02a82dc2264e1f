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

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The run of digits, or of letters, at the front of `text`; taken off it.
std::string_view take_run(std::string_view& text, bool digits) {
  std::size_t end = 0;
  while (end < text.size() && (digits ? is_digit(text[end]) : is_letter(text[end]))) ++end;
  const auto run = text.substr(0, end);
  text.remove_prefix(end);
  return run;
}

int sign(int order) { return order < 0 ? -1 : order > 0 ? 1 : 0; }

int compare_numbers(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return sign(a.compare(b));
}

void skip_separators(std::string_view& text) {
  while (!text.empty() && !is_digit(text[0]) && !is_letter(text[0]) && text[0] != '~' && text[0] != '^') text.remove_prefix(1);
}

int compare_part(std::string_view a, std::string_view b) {
  while (true) {
    skip_separators(a);
    skip_separators(b);
    if (a.starts_with('~') || b.starts_with('~')) {
      if (!a.starts_with('~')) return 1;
      if (!b.starts_with('~')) return -1;
      a.remove_prefix(1), b.remove_prefix(1);
      continue;
    }
    if (a.starts_with('^') || b.starts_with('^')) {
      if (a.empty()) return -1;
      if (b.empty()) return 1;
      if (!a.starts_with('^')) return 1;
      if (!b.starts_with('^')) return -1;
      a.remove_prefix(1), b.remove_prefix(1);
      continue;
    }
    if (a.empty() || b.empty()) break;
    const bool digits = is_digit(a[0]);
    const auto left = take_run(a, digits), right = take_run(b, digits);
    if (right.empty()) return digits ? 1 : -1;  // a number is above letters
    if (const int order = digits ? compare_numbers(left, right) : sign(left.compare(right)); order != 0) return order;
  }
  if (a.empty() && b.empty()) return 0;
  return a.empty() ? -1 : 1;
}

// "[epoch:]version[-release]"
struct Evr {
  std::string_view epoch = "0", version, release;
  explicit Evr(std::string_view text) : version(text) {
    const auto colon = version.find(':');
    if (colon != std::string_view::npos) {
      epoch = version.substr(0, colon);
      version.remove_prefix(colon + 1);
    }
    const auto dash = version.rfind('-');
    if (dash == std::string_view::npos) return;
    release = version.substr(dash + 1);
    version = version.substr(0, dash);
  }
};

}  // namespace

int compare_evr(std::string_view a, std::string_view b) {
  const Evr left(a), right(b);
  if (const int order = compare_part(left.epoch, right.epoch); order != 0) return order;
  if (const int order = compare_part(left.version, right.version); order != 0) return order;
  return compare_part(left.release, right.release);
}

std::vector<RpmOwner> rpm_owners(std::string_view text) {
  std::vector<RpmOwner> found;
  for (const auto line : lines(text)) {
    const auto part = fields(line, '\t');
    if (part.size() != 2 || part[0].empty() || part[1].empty()) continue;
    RpmOwner owner{std::string(part[0]), std::string(part[1])};
    if (std::find(found.begin(), found.end(), owner) == found.end()) found.push_back(std::move(owner));
  }
  return found;
}

std::optional<std::vector<RpmPackage>> rpm_packages(std::string_view text) {
  std::vector<RpmPackage> found;
  for (const auto line : lines(text)) {
    const auto part = fields(line, '\t');
    if (part.size() != 5 || part[0].empty() || part[2].empty()) return std::nullopt;
    if (part[0] == "gpg-pubkey") continue;
    RpmPackage package{std::string(part[0]), std::string(part[1]), std::string(part[2]), std::string(part[3]), std::nullopt};
    if (const auto seconds = number(part[4])) package.installed_at = platform::time_from_unix(*seconds);
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
