#include <algorithm>
#include <array>

#include "collectors/block_devices.h"
#include "collectors/disk.h"
#include "collectors/parse/lines.h"
#include "collectors/parse/mounts.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::Volume;
using platform::ask, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile, platform::RunHelper, platform::Seen;

namespace {

// /boot and the EFI partition hold no data of the office and cannot be encrypted everywhere; media under /media, /run/media and /mnt come
// and go; images of programs (snap) are read-only.
bool holds_data(const parse::Mount& mount) {
  static constexpr std::array<std::string_view, 8> kElsewhere = {"/boot", "/efi",   "/media", "/run",
                                                                 "/mnt",  "/cdrom", "/snap",  "/var/lib/snapd"};
  for (const auto place : kElsewhere)
    if (mount.place == place || mount.place.starts_with(std::string(place) + "/")) return false;
  return mount.type != "squashfs" && mount.type != "iso9660" && mount.type != "erofs";
}

Fact<bool> unsupported(std::string why, const std::string& source, platform::Time observed_at) {
  return compliance::no_fact<bool>({ErrorKind::unsupported, std::move(why)}, source, observed_at);
}

template <class T>
Fact<bool> encrypted_block(const Host& host, const Seen<T>& origin, std::string_view device) {
  const auto name = block_name(host, device);
  if (!name) return unsupported(name.error().detail, origin.source, origin.observed_at);
  return crosses_encryption(host, *name);
}

// A btrfs may span several devices; mountinfo names one of them, /sys/fs/btrfs all.
Fact<bool> encrypted_btrfs(const Host& host, const Seen<platform::FileContents>& origin, const parse::Mount& mount) {
  const auto first = block_name(host, mount.source);
  if (!first) return unsupported(first.error().detail, origin.source, origin.observed_at);
  const auto systems = ask(host, ListDirectory{.path = "/sys/fs/btrfs"});
  if (!systems) return unavailable<bool>(systems);
  for (const auto& system : systems->entries) {
    const auto devices = ask(host, ListDirectory{.path = "/sys/fs/btrfs/" + system.name + "/devices"});
    if (!devices) continue;
    const auto& members = devices->entries;
    if (std::none_of(members.begin(), members.end(), [&](const auto& member) { return member.name == *first; })) continue;
    Fact<bool> all = observed(true, devices);
    for (const auto& member : members) {
      const auto found = crosses_encryption(host, member.name);
      if (found && !*found) return found;
      if (!found) all = found;
    }
    return all;
  }
  return unsupported(mount.source + ": in no btrfs known to the kernel", systems.source, systems.observed_at);
}

// "off" does not say that the disks under the pool are open, so it is no answer here.
Fact<bool> encrypted_zfs(const Host& host, const parse::Mount& mount) {
  const auto seen = ask(host, RunHelper{.helper = "zfs", .arguments = {"get", "-H", "-o", "value", "encryption", mount.source}});
  if (!seen) return unavailable<bool>(seen);
  const auto value = parse::trimmed(seen->out.data);
  if (seen->exit_code == 0 && (value.starts_with("aes-") || value == "on")) return observed(true, seen);
  return unsupported("encryption of the pool's disks is not looked at", seen.source, seen.observed_at);
}

// nullopt: nothing that could hold data (proc, tmpfs, network file systems).
std::optional<Volume> volume_of(const Host& host, const Seen<platform::FileContents>& origin, const parse::Mount& mount) {
  const bool block = !mount.device.starts_with("0:");
  if (mount.place != "/" && !block && mount.type != "btrfs" && mount.type != "zfs") return std::nullopt;
  if (!holds_data(mount)) return std::nullopt;
  Volume volume{mount.place, mount.source, {}};
  if (mount.type == "btrfs")
    volume.encrypted = encrypted_btrfs(host, origin, mount);
  else if (mount.type == "zfs")
    volume.encrypted = encrypted_zfs(host, mount);
  else if (block)
    volume.encrypted = encrypted_block(host, origin, mount.device);
  else
    volume.encrypted = unsupported("a file system without a disk of its own: " + mount.type, origin.source, origin.observed_at);
  return volume;
}

}  // namespace

Fact<std::vector<Volume>> collect_disk_linux(const Host& host) {
  using Volumes = std::vector<Volume>;
  const auto mountinfo = ask(host, ReadFile{.path = "/proc/1/mountinfo"});
  if (!mountinfo) return unavailable<Volumes>(mountinfo);
  Volumes volumes;
  std::vector<std::string> seen_devices;
  for (const auto& mount : parse::parse_mountinfo(mountinfo->bytes.data)) {
    const std::string identity = mount.device.starts_with("0:") ? mount.source : mount.device;
    if (mount.place != "/" && std::find(seen_devices.begin(), seen_devices.end(), identity) != seen_devices.end())
      continue;  // a bind mount or subvolume
    auto volume = volume_of(host, mountinfo, mount);
    if (!volume) continue;
    seen_devices.push_back(identity);
    volumes.push_back(std::move(*volume));
  }
  if (std::none_of(volumes.begin(), volumes.end(), [](const Volume& volume) { return volume.place == "/"; }))
    return malformed<Volumes>("no root file system", mountinfo);
  const auto swaps = ask(host, ReadFile{.path = "/proc/swaps"});
  if (!swaps && swaps.error().kind != ErrorKind::not_found) return unavailable<Volumes>(swaps);
  if (swaps) {
    const auto table = parse::parse_swaps(swaps->bytes.data);
    if (!table) return malformed<Volumes>("not the kernel's table of swaps", swaps);
    for (const auto& swap : *table) {
      // A swap file lies on one of the volumes above; zram lies in memory.
      if (swap.kind == "partition" && !swap.name.starts_with("/dev/zram"))
        volumes.push_back({"swap", swap.name, encrypted_block(host, swaps, swap.name)});
    }
  }
  return observed(std::move(volumes), mountinfo);
}

}  // namespace gokajo::collectors
