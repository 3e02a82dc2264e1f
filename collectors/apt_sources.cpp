#include <algorithm>

#include "collectors/apt_archives.h"
#include "collectors/parse/lines.h"

namespace gokajo::collectors {
namespace {

constexpr std::size_t kMaxSources = 1000;
constexpr std::size_t kMaxWord = 2000;

void add(std::vector<AptSource>& sources, std::string_view uri, std::string_view suite, std::vector<std::string> components, bool enabled) {
  if (sources.size() >= kMaxSources || uri.empty() || suite.empty() || uri.size() > kMaxWord || suite.size() > kMaxWord) return;
  sources.push_back({std::string(uri), std::string(suite), std::move(components), enabled});
}

// The rest of a one-line entry behind its "[ options ]".
std::string_view behind_options(std::string_view text) {
  text = parse::trimmed(text);
  if (!text.starts_with('[')) return text;
  const auto close = text.find(']');
  return close == std::string_view::npos ? std::string_view{} : text.substr(close + 1);
}

struct Stanza {
  std::vector<std::string> types, uris, suites, components;
  bool enabled = true;
};

void close(Stanza& stanza, std::vector<AptSource>& sources) {
  if (std::find(stanza.types.begin(), stanza.types.end(), "deb") != stanza.types.end())
    for (const auto& uri : stanza.uris)
      for (const auto& suite : stanza.suites) add(sources, uri, suite, stanza.components, stanza.enabled);
  stanza = Stanza{};
}

}  // namespace

std::vector<AptSource> parse_apt_list(std::string_view text) {
  std::vector<AptSource> sources;
  for (auto line : parse::lines(text)) {
    line = parse::trimmed(line.substr(0, line.find('#')));
    if (!line.starts_with("deb ") && !line.starts_with("deb\t")) continue;
    // A disc's name stands in brackets with blanks in it: "cdrom:[Debian 12] bookworm main".
    line = behind_options(line.substr(4));
    if (const auto disc = line.find("cdrom:["); disc != std::string_view::npos) {
      const auto end = line.find(']', disc);
      if (end != std::string_view::npos)
        add(sources, "cdrom:", line.substr(end + 1).empty() ? "/" : parse::words(line.substr(end + 1)).front(), {}, true);
      continue;
    }
    auto words = parse::words(line);
    if (words.size() < 2) continue;
    add(sources, words[0], words[1], {words.begin() + 2, words.end()}, true);
  }
  return sources;
}

std::vector<AptSource> parse_apt_deb822(std::string_view text) {
  std::vector<AptSource> sources;
  Stanza stanza;
  std::string key;
  for (const auto line : parse::lines(text)) {
    if (line.starts_with('#')) continue;
    if (parse::trimmed(line).empty()) {
      close(stanza, sources);
      key.clear();
      continue;
    }
    std::string_view value = line;
    if (line[0] != ' ' && line[0] != '\t') {
      const auto colon = line.find(':');
      if (colon == std::string_view::npos) continue;
      key = parse::lower(line.substr(0, colon));
      value = line.substr(colon + 1);
    }
    auto words = parse::words(value);
    auto* list = key == "types"        ? &stanza.types
                 : key == "uris"       ? &stanza.uris
                 : key == "suites"     ? &stanza.suites
                 : key == "components" ? &stanza.components
                                       : nullptr;
    if (list && list->size() < kMaxSources) list->insert(list->end(), words.begin(), words.end());
    // apt reads these words as false (StringToBool), anything else as true.
    if (key == "enabled" && !words.empty()) {
      const auto word = parse::lower(words[0]);
      stanza.enabled = word != "no" && word != "false" && word != "0" && word != "off" && word != "without" && word != "disable";
    }
  }
  close(stanza, sources);
  return sources;
}

AptRelease parse_apt_release(std::string_view text) {
  AptRelease release;
  for (const auto line : parse::lines(text)) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto key = line.substr(0, colon), value = parse::trimmed(line.substr(colon + 1));
    if (key == "Origin")
      release.origin = value;
    else if (key == "Label")
      release.label = value;
    else if (key == "Suite")
      release.suite = value;
    else if (key == "Codename")
      release.codename = value;
    else if (key == "NotAutomatic")
      release.not_automatic = value == "yes";
    else if (key == "ButAutomaticUpgrades")
      release.but_automatic_upgrades = value == "yes";
    else if (key == "Date")
      release.date = platform::parse_rfc5322_date(value);
    else if (key == "Valid-Until")
      release.valid_until = platform::parse_rfc5322_date(value);
  }
  return release;
}

// URItoFileName of apt-pkg/contrib/strutl.cc (Debian/apt): these characters are quoted as %xx, and so is what is no visible ASCII.
std::string apt_list_prefix(const AptSource& source) {
  std::string uri = source.uri;
  if (!uri.ends_with('/')) uri += '/';
  uri += source.suite.ends_with('/') ? (source.suite == "/" ? "" : source.suite) : "dists/" + source.suite + "/";
  std::string_view rest = uri;
  if (const auto colon = rest.find(':'); colon != std::string_view::npos && colon < rest.find('/')) rest.remove_prefix(colon + 1);
  if (rest.starts_with("//")) {
    rest.remove_prefix(2);
    const auto at = rest.substr(0, rest.find('/')).rfind('@');
    if (at != std::string_view::npos) rest.remove_prefix(at + 1);
  }
  std::string name;
  for (const char c : rest) {
    constexpr std::string_view kQuoted = "\\|{}[]<>\"^~_=!@#$%^&*";
    if (c == '/') {
      name += '_';
    } else if (kQuoted.find(c) != std::string_view::npos || c <= 0x20 || c == 0x7F) {
      constexpr std::string_view kHex = "0123456789abcdef";
      name += {'%', kHex[static_cast<unsigned char>(c) >> 4U], kHex[static_cast<unsigned char>(c) & 15U]};
    } else {
      name += c;
    }
  }
  return name;
}

}  // namespace gokajo::collectors
