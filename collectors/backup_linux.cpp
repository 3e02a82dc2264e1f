#include <algorithm>
#include <array>

#include "collectors/accounts.h"
#include "collectors/backup.h"
#include "collectors/block_devices.h"
#include "collectors/dconf.h"
#include "collectors/parse/lines.h"
#include "collectors/parse/mounts.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Backup, compliance::BackupTool, compliance::Fact;
using platform::ask, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile, platform::Seen, platform::StatFile,
    platform::Time;

namespace {

using Tools = std::vector<BackupTool>;
constexpr std::size_t kMaxRepositories = 16;

Fact<Time> no_record(const std::string& source, Time observed_at) {
  return compliance::no_fact<Time>({ErrorKind::unsupported, "this program keeps no record that can be read"}, source, observed_at);
}

// Whether what lies at `path` lies on another disk than the root file system. The mount with the longest matching place holds it.
std::optional<bool> lies_apart(const Host& host, const std::string& path) {
  const auto mountinfo = ask(host, ReadFile{.path = "/proc/1/mountinfo"});
  if (!mountinfo) return std::nullopt;
  const auto mounts = parse::parse_mountinfo(mountinfo->bytes.data);
  const parse::Mount *root = nullptr, *holder = nullptr;
  for (const auto& mount : mounts) {
    if (mount.place == "/") root = &mount;
    const bool holds = mount.place == "/" || path == mount.place || path.starts_with(mount.place + "/");
    if (holds && (!holder || mount.place.size() >= holder->place.size())) holder = &mount;
  }
  if (!root || !holder) return std::nullopt;
  if (holder == root) return false;
  for (const std::string_view network : {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"})
    if (holder->type == network) return true;
  const auto name = block_name(host, holder->type == "btrfs" ? holder->source : holder->device);
  const auto root_name = block_name(host, root->type == "btrfs" ? root->source : root->device);
  if (!name || !root_name) return std::nullopt;
  const auto disks = disks_under(host, *name), root_disks = disks_under(host, *root_name);
  if (disks.empty() || root_disks.empty()) return std::nullopt;
  return std::none_of(disks.begin(), disks.end(),
                      [&](const auto& disk) { return std::find(root_disks.begin(), root_disks.end(), disk) != root_disks.end(); });
}

std::optional<bool> place_apart(const Host& host, const Seen<platform::FileContents>& place) {
  if (!place) return std::nullopt;
  if (place->bytes.data == "remote") return true;
  return place->bytes.data.starts_with("local ") ? lies_apart(host, place->bytes.data.substr(6)) : std::nullopt;
}

// What hides a home from us is remembered; a missing directory is an answer.
template <class T>
bool seen_or_missing(const Seen<T>& seen, Fact<bool>& homes) {
  if (!seen && seen.error().kind != ErrorKind::not_found) homes = unavailable<bool>(seen);
  return bool(seen);
}

// restic(1): the cache of each repository lists its snapshots; a file comes when one is made here, but also when old ones are looked at.
void add_restic(const Host& host, const Account& person, Tools& tools, Fact<bool>& homes) {
  const auto cache = ask(host, ListDirectory{.path = person.home + "/.cache/restic"});
  if (!seen_or_missing(cache, homes)) return;
  for (std::size_t i = 0; i < cache->entries.size() && i < kMaxRepositories; ++i) {
    const auto snapshots = ask(host, ListDirectory{.path = person.home + "/.cache/restic/" + cache->entries[i].name + "/snapshots"});
    if (!seen_or_missing(snapshots, homes) || snapshots->entries.empty()) continue;
    Time newest{};
    for (const auto& entry : snapshots->entries) newest = std::max(newest, entry.status.modified);
    tools.push_back({"restic", observed(newest, snapshots), false, std::nullopt, false});
  }
}

// borg: the security directory keeps, for each repository, the moment of its last change that this person's borg saw.
void add_borg(const Host& host, const Account& person, Tools& tools, Fact<bool>& homes) {
  const std::string base = person.home + "/.config/borg/security";
  const auto repositories = ask(host, ListDirectory{.path = base});
  if (!seen_or_missing(repositories, homes)) return;
  for (std::size_t i = 0; i < repositories->entries.size() && i < kMaxRepositories; ++i) {
    const std::string folder = base + "/" + repositories->entries[i].name;
    const auto seen = ask(host, ReadFile{.path = folder + "/manifest-timestamp", .reducer = "timestamp", .as_uid = person.uid});
    if (!seen_or_missing(seen, homes)) continue;
    const auto moment = parse_moment(seen->bytes.data);
    BackupTool tool{"BorgBackup", moment ? observed(*moment, seen) : malformed<Time>("manifest-timestamp", seen)};
    tool.apart = place_apart(host, ask(host, ReadFile{.path = folder + "/location", .reducer = "backup_place", .as_uid = person.uid}));
    tools.push_back(std::move(tool));
  }
}

void add_deja_dup(const Host& host, const Account& person, const platform::Result<DconfSystem>& system, Tools& tools, Fact<bool>& homes) {
  const auto last = dconf_value(host, system, person, "/org/gnome/deja-dup/last-backup");
  if (!last) {
    homes = compliance::no_fact<bool>({last.absent, last.detail}, last.source, last.observed_at);
    return;
  }
  if (!*last || (*last)->empty()) return;
  const auto moment = parse_moment(**last);
  BackupTool tool{"Déjà Dup", {}};
  tool.last = moment ? compliance::fact(*moment, last.source, last.observed_at)
                     : compliance::no_fact<Time>({ErrorKind::malformed, "last-backup"}, last.source, last.observed_at);
  const auto backend = dconf_value(host, system, person, "/org/gnome/deja-dup/backend");
  if (backend && *backend && **backend != "local" && **backend != "auto") tool.apart = true;  // a drive, another machine, a cloud service
  tools.push_back(std::move(tool));
}

void add_rsnapshot(const Host& host, Tools& tools) {
  const auto conf = ask(host, ReadFile{.path = "/etc/rsnapshot.conf", .reducer = "backup_place"});
  if (!conf) {
    if (conf.error().kind != ErrorKind::not_found) tools.push_back({"rsnapshot", unavailable<Time>(conf)});
    return;
  }
  BackupTool tool{"rsnapshot", no_record(conf.source, conf.observed_at)};
  tool.apart = place_apart(host, conf);
  const std::string root = conf->bytes.data.starts_with("local ") ? conf->bytes.data.substr(6) : "";
  const auto copies = ask(host, ListDirectory{.path = root});
  if (!copies) tool.last = unavailable<Time>(copies);
  Time newest{};
  for (const auto& entry : copies ? copies->entries : std::vector<platform::DirectoryEntry>{})
    if (entry.name.ends_with(".0")) newest = std::max(newest, entry.status.modified);  // rsnapshot(1) touches it when a copy is done
  if (newest != Time{}) tool.last = observed(newest, copies);
  if (copies && newest == Time{}) return;  // configured as packaged, never run
  tools.push_back(std::move(tool));
}

// Recognised by their settings only.
void add_recognised(const Host& host, const std::string& home, Tools& tools) {
  struct Known {
    const char* name;
    std::string path;
    bool restore_points_only;
  };
  const std::array<Known, 9> known = {{{"Timeshift", "/etc/timeshift/timeshift.json", true},
                                       {"snapper", "/etc/snapper/configs/root", true},
                                       {"borgmatic", "/etc/borgmatic/config.yaml", false},
                                       {"Veeam", "/etc/veeam/veeam.ini", false},
                                       {"Acronis", "/var/lib/Acronis", false},
                                       {"Kopia", home + "/.config/kopia/repository.config", false},
                                       {"Duplicati", home + "/.config/Duplicati", false},
                                       {"Back In Time", home + "/.config/backintime/config", false},
                                       {"Vorta", home + "/.local/share/Vorta", false}}};
  for (const auto& tool : known) {
    const auto seen = ask(host, StatFile{.path = tool.path, .follow = false});
    const bool known_already = std::any_of(tools.begin(), tools.end(), [&](const auto& other) { return other.name == tool.name; });
    if (seen && !known_already)
      tools.push_back({tool.name, no_record(seen.source, seen.observed_at), true, std::nullopt, tool.restore_points_only});
  }
}

}  // namespace

std::optional<Time> parse_moment(std::string_view text) {
  if (text.size() < 19 || text[10] != 'T') return std::nullopt;
  const auto local = platform::parse_time(std::string(text.substr(0, 19)) + "Z");
  auto rest = text.substr(19);
  if (rest.starts_with('.')) rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
  if (!local || rest.empty() || rest == "Z") return local;
  std::string digits;
  for (const char c : rest.substr(1))
    if (c != ':') digits += c;
  const auto hhmm = digits.size() == 4 ? parse::number(digits) : std::nullopt;
  if (!hhmm || (rest[0] != '+' && rest[0] != '-')) return std::nullopt;
  const auto offset = std::chrono::hours{*hhmm / 100} + std::chrono::minutes{*hhmm % 100};
  return rest[0] == '+' ? *local - offset : *local + offset;
}

Backup collect_backup_linux(const Host& host) {
  const auto passwd = ask(host, ReadFile{.path = "/etc/passwd"});
  if (!passwd) return {unavailable<Tools>(passwd), unavailable<bool>(passwd)};
  Tools tools;
  Fact<bool> homes = observed(true, passwd);
  const auto system = read_dconf_system(host);
  for (const auto& account : parse_passwd(passwd->bytes.data)) {
    if (account.uid != 0 && !(is_person(account) && can_sign_in(account))) continue;
    add_restic(host, account, tools, homes);
    add_borg(host, account, tools, homes);
    if (account.uid != 0) add_deja_dup(host, account, system, tools, homes);
    add_recognised(host, account.home, tools);
  }
  add_rsnapshot(host, tools);
  return {observed(std::move(tools), passwd), std::move(homes)};
}

}  // namespace gokajo::collectors
