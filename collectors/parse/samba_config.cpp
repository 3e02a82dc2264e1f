#include "collectors/parse/samba_config.h"

#include <algorithm>

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {

using compliance::Access, compliance::Reach;
using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr std::size_t kMaxSections = 10000;
constexpr std::size_t kMaxUsershareBytes = 10000;  // smbd reads no more, source3/param/loadparm.c

bool is_this_pc(std::string_view host) {
  const auto name = lower(host);
  return name.starts_with("127.") || name == "localhost" || name == "::1" || name == "127";
}

bool is_all(std::string_view host) { return host == "ALL" || host == "0.0.0.0/0" || host == "::/0" || host == "0.0.0.0/0.0.0.0"; }

// Networks, name patterns and netgroups hold machines that nobody named one by one.
bool is_network(std::string_view host) {
  if (host.ends_with("/32") || host.ends_with("/128") || host.ends_with("/255.255.255.255")) return false;
  return is_all(host) || host.starts_with('.') || host.starts_with('@') || host.ends_with('.') ||
         host.find('/') != std::string_view::npos || host == "LOCAL";
}

// Items between blanks, tabs and commas; what follows EXCEPT takes single machines out of it and is left away.
std::vector<std::string> hosts(std::string_view list) {
  std::string spaced(list);
  std::replace(spaced.begin(), spaced.end(), ',', ' ');
  auto all = words(spaced);
  all.erase(std::find(all.begin(), all.end(), "EXCEPT"), all.end());
  return all;
}

bool excepts(std::string_view list) { return list.find("EXCEPT") != std::string_view::npos; }

}  // namespace

Result<std::vector<SambaSection>> parse_testparm(std::string_view text) {
  std::vector<SambaSection> sections;
  for (const auto raw : lines(text)) {
    const auto line = trimmed(raw);
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with('[') && line.ends_with(']')) {
      if (sections.size() >= kMaxSections) return Error{ErrorKind::too_large, "testparm: too many sections"};
      sections.push_back({std::string(line.substr(1, line.size() - 2)), {}});
      continue;
    }
    const auto equals = line.find('=');
    if (sections.empty() || equals == std::string_view::npos)
      return Error{ErrorKind::malformed, "testparm: expected [global] and \"name = value\""};
    sections.back().values[lower(trimmed(line.substr(0, equals)))] = std::string(trimmed(line.substr(equals + 1)));
  }
  if (sections.empty() || lower(sections.front().name) != "global") return Error{ErrorKind::malformed, "testparm: no [global]"};
  return sections;
}

Result<Usershare> parse_usershare(std::string_view text) {
  if (text.size() > kMaxUsershareBytes) return Error{ErrorKind::too_large, "usershare: too long"};
  const auto all = lines(text);
  if (all.empty() || (all[0] != "#VERSION 1" && all[0] != "#VERSION 2"))
    return Error{ErrorKind::malformed, "usershare: expected #VERSION 1 or 2"};
  Usershare share;
  for (const auto line : all) {
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const auto key = line.substr(0, equals), value = line.substr(equals + 1);
    if (key == "path") share.path = std::string(value);
    if (key == "sharename") share.name = std::string(value);
    if (key == "guest_ok") share.guests = value == "y" || value == "Y";
    if (key != "usershare_acl") continue;
    for (const auto entry : fields(value, ',')) {
      const auto part = fields(trimmed(entry), ':');
      if (part.size() != 2 || lower(part[0]) != "s-1-1-0") continue;
      if (lower(part[1]) == "d") {
        share.everyone = Access::none;
        break;
      }
      share.everyone = lower(part[1]) == "f" ? Access::write : Access::read;
    }
  }
  if (share.path.empty() || share.path[0] != '/') return Error{ErrorKind::malformed, "usershare: no absolute path"};
  return share;
}

Reach samba_hosts(std::string_view allow, std::string_view deny) {
  const auto allowed = hosts(allow), denied = hosts(deny);
  const bool denies_all = std::any_of(denied.begin(), denied.end(), is_all) && !excepts(deny);
  if (allowed.empty()) return denies_all ? Reach::nobody : Reach::everyone;
  if (std::any_of(allowed.begin(), allowed.end(), [](const auto& host) { return is_network(host) && !is_this_pc(host); }))
    return Reach::everyone;
  // With both lists, who is on neither may come in.
  if (!denied.empty() && !denies_all) return Reach::everyone;
  return std::all_of(allowed.begin(), allowed.end(), is_this_pc) ? Reach::nobody : Reach::some;
}

}  // namespace gokajo::collectors::parse
