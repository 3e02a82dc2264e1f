#include "collectors/apt_archives.h"

#include <algorithm>
#include <map>

#include "collectors/parse/lines.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::OsRelease, compliance::SecurityChannel, compliance::SourceState, compliance::Time, compliance::Tristate,
    compliance::UpdateSource, compliance::UpdateSources;
using platform::ask, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile;

namespace {

constexpr const char* kLists = "/var/lib/apt/lists";
using FileTimes = std::map<std::string, Time, std::less<>>;

platform::Status read_sources(const Host& host, const std::string& path, std::vector<AptSource>& into) {
  const auto file = ask(host, ReadFile{.path = path, .reducer = "apt_sources"});
  if (!file && file.error().kind == ErrorKind::not_found) return platform::Done{};
  if (!file) return file.error();
  const auto more = path.ends_with(".sources") ? parse_apt_deb822(file->bytes.data) : parse_apt_list(file->bytes.data);
  into.insert(into.end(), more.begin(), more.end());
  return platform::Done{};
}

platform::Result<std::vector<AptSource>> configured(const Host& host) {
  std::vector<AptSource> sources;
  if (auto status = read_sources(host, "/etc/apt/sources.list", sources); !status) return status.error();
  const auto parts = ask(host, ListDirectory{.path = "/etc/apt/sources.list.d"});
  if (!parts && parts.error().kind != ErrorKind::not_found) return parts.error();
  if (parts)
    for (const auto& entry : parts->entries) {
      // sources.list(5): only these two endings, and no other characters in the name.
      if (!entry.name.ends_with(".list") && !entry.name.ends_with(".sources")) continue;
      if (entry.name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") != std::string::npos) continue;
      if (auto status = read_sources(host, "/etc/apt/sources.list.d/" + entry.name, sources); !status) return status.error();
    }
  return sources;
}

// The Packages files of an archive, one for each component and architecture, however it is compressed.
std::vector<std::string> packages_files(const AptSource& source, const std::string& prefix, const FileTimes& files) {
  std::map<std::string, std::string> by_base;
  for (auto at = files.lower_bound(prefix); at != files.end() && at->first.starts_with(prefix); ++at) {
    const auto& name = at->first;
    const auto packages = name.rfind("Packages");
    if (packages == std::string::npos || packages < prefix.size()) continue;
    const auto ending = name.substr(packages + 8);
    if (!ending.empty() && (ending[0] != '.' || ending.find('_') != std::string::npos)) continue;
    const auto middle = std::string_view(name).substr(prefix.size(), packages - prefix.size());
    const bool flat = source.suite.ends_with('/') && middle.empty();
    const bool of_component = std::any_of(source.components.begin(), source.components.end(), [&](std::string component) {
      std::replace(component.begin(), component.end(), '/', '_');
      return middle.starts_with(component + "_binary-");
    });
    if (flat || of_component) by_base[name.substr(0, packages)] = name;
  }
  std::vector<std::string> found;
  found.reserve(by_base.size());
  for (const auto& [base, name] : by_base) found.push_back(name);
  return found;
}

void look_at(const Host& host, AptArchive& archive, const FileTimes& files) {
  if (!archive.source.enabled) {
    archive.state = SourceState::disabled;
    return;
  }
  if (archive.source.uri.starts_with("cdrom:")) {
    archive.state = SourceState::removable;
    return;
  }
  const auto prefix = apt_list_prefix(archive.source);
  auto release = files.find(prefix + "InRelease");
  if (release == files.end()) release = files.find(prefix + "Release");
  archive.lists = packages_files(archive.source, prefix, files);
  if (release == files.end() || archive.lists.empty()) return;
  const auto file = ask(host, ReadFile{.path = std::string(kLists) + "/" + release->first, .reducer = "apt_release", .max_bytes = 8 << 20});
  archive.state = file ? SourceState::ok : SourceState::unreadable;
  archive.fetched_at = release->second;
  if (file) archive.release = parse_apt_release(file->bytes.data);
}

std::string needed_archive(const OsRelease& os) {
  if (!os.ubuntu_codename.empty()) return os.ubuntu_codename + "-security";
  if (!os.debian_codename.empty()) return os.debian_codename + "-security";
  // Testing and unstable have a codename and no VERSION_ID; their fixes come as newer versions.
  if ((os.id == "debian" || os.id == "ubuntu") && !os.codename.empty() && !os.version_id.empty()) return os.codename + "-security";
  return {};
}

bool serves(const AptArchive& archive, const std::string& needed) {
  if (archive.state == SourceState::disabled || archive.state == SourceState::removable) return false;
  const auto& suite = archive.source.suite;
  // "stable-security" is the same archive by another name; before it was fetched nothing tells which.
  return suite == needed || archive.release.codename == needed || archive.release.suite == needed ||
         (archive.state == SourceState::never_fetched && suite.ends_with("-security"));
}

}  // namespace

Tristate is_security_archive(const AptSource& source, const AptRelease& release) {
  for (const auto& name : {release.suite, release.codename, source.suite})
    if (name.ends_with("-security") || name.ends_with("/updates")) return Tristate::yes;
  if (release.label == "Debian-Security") return Tristate::yes;
  const bool distribution = release.origin == "Debian" || release.origin == "Ubuntu" || release.origin == "Debian Backports" ||
                            release.origin.starts_with("UbuntuESM");
  if (!distribution) return Tristate::unknown;
  for (const auto& name : {release.suite, release.codename, source.suite})
    if (name == "unstable" || name == "sid" || name == "experimental" || name == "testing") return Tristate::unknown;
  return Tristate::no;
}

platform::Result<AptArchives> collect_apt_archives(const Host& host) {
  auto sources = configured(host);
  if (!sources) return sources.error();
  const auto directory = ask(host, ListDirectory{.path = kLists});
  if (!directory && directory.error().kind != ErrorKind::not_found) return directory.error();
  FileTimes files;
  if (directory)
    for (const auto& entry : directory->entries) files.emplace(entry.name, entry.status.changed);
  AptArchives found{{}, kLists, directory.observed_at};
  for (auto& source : *sources) {
    AptArchive archive;
    archive.source = std::move(source);
    look_at(host, archive, files);
    archive.security = is_security_archive(archive.source, archive.release);
    found.archives.push_back(std::move(archive));
  }
  return found;
}

Fact<UpdateSources> apt_sources_fact(const platform::Result<AptArchives>& archives, const Fact<OsRelease>& os, Time now) {
  if (!archives) return compliance::no_fact<UpdateSources>(archives.error(), "/etc/apt", now);
  UpdateSources sources{compliance::PackageManager::apt, SecurityChannel::unknown, {}, {}};
  const auto needed = os ? needed_archive(*os) : std::string{};
  bool found = false;
  for (const auto& archive : archives->archives) {
    UpdateSource source{archive.source.uri + " " + archive.source.suite,
                        archive.state,
                        archive.security,
                        archive.security == Tristate::yes,
                        archive.release.date,
                        archive.fetched_at};
    if (source.state == SourceState::ok && archive.release.valid_until && *archive.release.valid_until < archives->observed_at)
      source.state = SourceState::expired;
    found = found || serves(archive, needed);
    sources.sources.push_back(std::move(source));
  }
  if (!needed.empty()) {
    sources.security_channel = SecurityChannel::own_archive;
    if (!found) sources.security_lacking.push_back(needed);
  } else if (os && os->version_id.empty()) {
    sources.security_channel = SecurityChannel::newest_version;
  }
  return compliance::fact(std::move(sources), archives->source, archives->observed_at);
}

}  // namespace gokajo::collectors
