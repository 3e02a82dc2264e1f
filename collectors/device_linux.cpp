#include "collectors/device.h"
#include "collectors/parse/lines.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Device, compliance::Fact, compliance::OsRelease, compliance::Surroundings, compliance::System;
using platform::ask, platform::Host, platform::ReadFile, platform::StatFile;

namespace {

void assign(OsRelease& os, std::string_view key, std::string value) {
  if (key == "ID")
    os.id = std::move(value);
  else if (key == "NAME")
    os.name = std::move(value);
  else if (key == "ID_LIKE")
    os.id_like = parse::words(value);
  else if (key == "VERSION_ID")
    os.version_id = std::move(value);
  else if (key == "VARIANT_ID")
    os.variant_id = std::move(value);
  else if (key == "PRETTY_NAME")
    os.pretty_name = std::move(value);
  else if (key == "VERSION_CODENAME")
    os.codename = std::move(value);
  else if (key == "DEBIAN_CODENAME")
    os.debian_codename = std::move(value);
  else if (key == "UBUNTU_CODENAME")
    os.ubuntu_codename = std::move(value);
  else if (key == "SUPPORT_END")
    os.support_end = platform::parse_time(value);
}

Fact<OsRelease> os_release(const Host& host) {
  auto seen = ask(host, ReadFile{.path = "/etc/os-release"});
  if (!seen && seen.error().kind == platform::ErrorKind::not_found) seen = ask(host, ReadFile{.path = "/usr/lib/os-release"});
  if (!seen) return unavailable<OsRelease>(seen);
  OsRelease os = parse_os_release(seen->bytes.data);
  if (os.id.empty()) return malformed<OsRelease>("no ID", seen);
  return observed(std::move(os), seen);
}

// Whether a mark of the surroundings is there. One that could not be looked at is neither: it is kept in `unclear`.
bool marked(const Host& host, const char* path, std::optional<platform::Seen<platform::FileStatus>>& unclear) {
  const auto seen = ask(host, StatFile{.path = path});
  if (!seen && seen.error().kind != platform::ErrorKind::not_found) unclear = seen;
  return bool(seen);
}

Fact<Surroundings> surroundings(const Host& host, const Fact<OsRelease>& os) {
  const auto kernel = ask(host, ReadFile{.path = "/proc/sys/kernel/osrelease"});
  const auto command_line = ask(host, ReadFile{.path = "/proc/cmdline"});
  if (!kernel) return unavailable<Surroundings>(kernel);
  if (!command_line && command_line.error().kind != platform::ErrorKind::not_found) return unavailable<Surroundings>(command_line);
  Surroundings found;
  std::optional<platform::Seen<platform::FileStatus>> unclear;
  for (const char* path : {"/run/.containerenv", "/.dockerenv", "/run/systemd/container"})
    found.container = marked(host, path, unclear) || found.container;
  found.wsl = kernel->bytes.data.find("icrosoft") != std::string::npos;
  if (command_line)
    for (const auto& word : parse::words(command_line->bytes.data))
      found.live_medium = found.live_medium || word == "boot=live" || word.starts_with("boot=casper");
  found.live_medium = marked(host, "/run/live", unclear) || found.live_medium;
  found.ostree = marked(host, "/run/ostree-booted", unclear);
  found.nixos = os && os->id == "nixos";
  if (unclear) return unavailable<Surroundings>(*unclear);
  return observed(found, kernel);
}

}  // namespace

Fact<System> collect_system(const Host& host) {
  const auto seen = ask(host, platform::DescribeSystem{});
  if (!seen) return unavailable<System>(seen);
  const auto family = static_cast<compliance::OsFamily>(seen->family);
  return observed(System{family, seen->host_name, seen->kernel_release, seen->kernel_version, seen->machine, seen->elevated, seen->booted},
                  seen);
}

OsRelease parse_os_release(std::string_view text) {
  OsRelease os;
  for (const auto line : parse::lines(text)) {
    const auto equals = line.find('=');
    if (line.starts_with('#') || equals == std::string_view::npos) continue;
    assign(os, line.substr(0, equals), parse::shell_unquoted(parse::trimmed(line.substr(equals + 1))));
  }
  return os;
}

Device collect_device_linux(const Host& host) {
  Device device;
  device.system = collect_system(host);
  device.os = os_release(host);
  device.surroundings = surroundings(host, device.os);
  return device;
}

}  // namespace gokajo::collectors
