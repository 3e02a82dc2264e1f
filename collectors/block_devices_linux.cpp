#include <algorithm>

#include "collectors/block_devices.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact;
using platform::ask, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile, platform::Seen, platform::StatFile;

namespace {

constexpr int kMaxDepth = 16;  // file system, LVM, LUKS, RAID, partition: five are usual

std::string base_name(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

std::string at(const std::string& name, const char* member) { return "/sys/class/block/" + name + member; }

// What lies right under a device: its slaves, or the disk a partition is cut from. Empty: a disk.
Seen<std::vector<std::string>> below(const Host& host, const std::string& name) {
  using Names = std::vector<std::string>;
  const auto slaves = ask(host, ListDirectory{.path = at(name, "/slaves")});
  if (!slaves && slaves.error().kind != ErrorKind::not_found) return {slaves.error(), slaves.source, slaves.observed_at};
  Names names;
  if (slaves)
    for (const auto& entry : slaves->entries) names.push_back(entry.name);
  if (!names.empty()) return {std::move(names), slaves.source, slaves.observed_at};
  const auto partition = ask(host, StatFile{.path = at(name, "/partition")});
  if (!partition) {
    if (partition.error().kind != ErrorKind::not_found) return {partition.error(), partition.source, partition.observed_at};
    return {Names{}, slaves.source, slaves.observed_at};
  }
  const auto link = ask(host, StatFile{.path = at(name, ""), .follow = false});  // ../../devices/.../block/sda/sda2
  if (!link) return {link.error(), link.source, link.observed_at};
  const std::string target = link->link_target.value_or("");
  const auto parent = target.substr(0, target.rfind('/') == std::string::npos ? 0 : target.rfind('/'));
  if (parent.empty()) return {platform::Error{ErrorKind::malformed, name + ": no disk above the partition"}, link.source, link.observed_at};
  return {Names{base_name(parent)}, link.source, link.observed_at};
}

Fact<bool> crosses(const Host& host, const std::string& name, int depth) {
  const auto uuid = ask(host, ReadFile{.path = at(name, "/dm/uuid")});
  if (uuid && uuid->bytes.data.starts_with("CRYPT-")) return observed(true, uuid);
  if (!uuid && uuid.error().kind != ErrorKind::not_found) return unavailable<bool>(uuid);
  if (depth == 0) return malformed<bool>(name + ": too many layers", uuid);
  if (name.starts_with("loop"))
    return compliance::no_fact<bool>({ErrorKind::unsupported, name + ": a file as a disk"}, uuid.source, uuid.observed_at);
  const auto names = below(host, name);
  if (!names) return unavailable<bool>(names);
  if (names->empty()) return observed(false, names);
  Fact<bool> all = observed(true, names);
  for (const auto& next : *names) {
    const auto found = crosses(host, next, depth - 1);
    if (found && !*found) return found;  // one open way is enough
    if (!found) all = found;
  }
  return all;
}

void collect_disks(const Host& host, const std::string& name, int depth, std::vector<std::string>& disks) {
  const auto names = below(host, name);
  if (!names || depth == 0) return;
  if (names->empty()) disks.push_back(name);
  for (const auto& next : *names) collect_disks(host, next, depth - 1, disks);
}

}  // namespace

Fact<bool> crosses_encryption(const Host& host, const std::string& name) { return crosses(host, name, kMaxDepth); }

Seen<std::string> block_name(const Host& host, std::string_view device) {
  const std::string text(device);
  if (text.starts_with("/dev/mapper/") || text.find(':') != std::string::npos) {
    const std::string path = text[0] == '/' ? text : "/sys/dev/block/" + text;
    const auto link = ask(host, StatFile{.path = path, .follow = false});
    if (!link) return {link.error(), link.source, link.observed_at};
    if (!link->link_target) return {platform::Error{ErrorKind::malformed, path + ": no link"}, link.source, link.observed_at};
    return {base_name(*link->link_target), link.source, link.observed_at};
  }
  const auto known = ask(host, StatFile{.path = at(base_name(text), ""), .follow = false});
  if (!text.starts_with("/dev/") || !known)
    return {platform::Error{ErrorKind::not_found, text + ": no block device of this name"}, known.source, known.observed_at};
  return {base_name(text), known.source, known.observed_at};
}

std::vector<std::string> disks_under(const Host& host, const std::string& name) {
  std::vector<std::string> disks;
  collect_disks(host, name, kMaxDepth, disks);
  std::sort(disks.begin(), disks.end());
  disks.erase(std::unique(disks.begin(), disks.end()), disks.end());
  return disks;
}

}  // namespace gokajo::collectors
