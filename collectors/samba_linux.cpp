#include <algorithm>

#include "collectors/accounts.h"
#include "collectors/folder_rights.h"
#include "collectors/parse/lines.h"
#include "collectors/parse/samba_config.h"
#include "collectors/samba.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Access, compliance::Fact, compliance::Reach, compliance::Samba, compliance::SambaShare;
using parse::SambaSection;
using platform::ask, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile, platform::RunHelper,
    platform::StatFile;

namespace {

struct People {
  std::vector<Account> accounts;
  std::vector<Group> groups;
};

// The settings of a share, [global]'s where it has none.
class Settings {
 public:
  Settings(const SambaSection& global, const SambaSection& share) : global_(global), share_(share) {}
  std::string text(std::string_view key) const {
    for (const auto* section : {&share_, &global_})
      if (const auto found = section->values.find(key); found != section->values.end()) return found->second;
    return {};
  }
  bool yes(std::string_view key) const {
    const auto value = parse::lower(text(key));
    return value == "yes" || value == "true" || value == "1" || value == "on";
  }

 private:
  const SambaSection& global_;
  const SambaSection& share_;
};

FileIdentity identity(const People& people, const std::string& name) {
  FileIdentity who;
  for (const auto& account : people.accounts) {
    if (account.name != name) continue;
    who.uid = account.uid;
    who.gids.push_back(account.gid);
  }
  for (const auto& group : people.groups)
    if (std::find(group.members.begin(), group.members.end(), name) != group.members.end()) who.gids.push_back(group.gid);
  return who;
}

// Whether a list of users names `user`, by itself or by a group of this PC ("@g", "+g", "&g" and both together).
bool lists(std::string list, const std::string& user, const People& people) {
  std::replace(list.begin(), list.end(), ',', ' ');
  const auto who = identity(people, user);
  for (const auto& item : parse::words(list)) {
    const auto name = item.substr(std::min(item.find_first_not_of("@+&\""), item.size()));
    if (name == item && item == user) return true;
    if (name == item) continue;
    for (const auto& group : people.groups)
      if (group.name == name && std::find(who.gids.begin(), who.gids.end(), group.gid) != who.gids.end()) return true;
  }
  return false;
}

Reach narrower(Reach a, Reach b) {
  if (a == Reach::nobody || b == Reach::nobody) return Reach::nobody;
  return a == Reach::some || b == Reach::some ? Reach::some : Reach::everyone;
}

Access lesser(Access a, Access b) { return std::min(a, b); }

// "%S", "%H" and the like are known only when somebody connects.
Access access_in(const Host& host, const std::string& path, const FileIdentity& who) {
  return path.empty() || path.find('%') != std::string::npos ? Access::write : folder_access(host, path, who);
}

// What a visitor without password may do: smbd takes "guest only" for "guest ok" too, whatever its manual says (tests/truth/samba).
Access strangers(const Host& host, const Settings& settings, const People& people, Reach hosts) {
  if (!settings.yes("guest ok") && !settings.yes("guest only")) return Access::none;
  if (hosts != Reach::everyone) return Access::none;
  const auto guest = settings.text("guest account");
  const auto valid = settings.text("valid users");
  if (!valid.empty() && !lists(valid, guest, people)) return Access::none;
  if (lists(settings.text("invalid users"), guest, people)) return Access::none;
  bool read_only = settings.yes("read only") || lists(settings.text("read list"), guest, people);
  if (lists(settings.text("write list"), guest, people)) read_only = false;
  const auto forced = settings.text("force user");
  const auto folder = access_in(host, settings.text("path"), identity(people, forced.empty() ? guest : forced));
  return lesser(folder, read_only ? Access::read : Access::write);
}

// [homes], [printers] and print$ are no folders that a person shared; [homes] counts when guests get in.
void add_shares(const Host& host, const std::vector<SambaSection>& sections, const People& people, std::vector<SambaShare>& shares) {
  const auto& global = sections.front();
  const SambaSection nothing;
  const Settings everywhere(nothing, global);
  for (std::size_t i = 1; i < sections.size(); ++i) {
    const Settings settings(global, sections[i]);
    const auto name = sections[i].name, lower = parse::lower(name);
    if (!settings.yes("available") || settings.yes("printable") || lower == "print$" || lower == "printers" || lower == "ipc$") continue;
    SambaShare share{name, settings.text("path"), "smb.conf", Access::none, false, false, Reach::everyone};
    share.hosts = narrower(parse::samba_hosts(everywhere.text("hosts allow"), everywhere.text("hosts deny")),
                           parse::samba_hosts(settings.text("hosts allow"), settings.text("hosts deny")));
    share.strangers = strangers(host, settings, people, share.hosts);
    share.everyone = settings.text("valid users").empty();
    share.writable = !settings.yes("read only") || !settings.text("write list").empty();
    if (lower == "homes" && share.strangers == Access::none) continue;
    shares.push_back(std::move(share));
  }
}

bool path_is_allowed(const Settings& settings, const std::string& path) {
  const auto begins = [&](const std::string& list) {
    std::string spaced = list;
    std::replace(spaced.begin(), spaced.end(), ',', ' ');
    const auto folders = parse::words(spaced);
    return std::any_of(folders.begin(), folders.end(), [&](const auto& folder) { return path.starts_with(folder); });
  };
  const auto allow = settings.text("usershare prefix allow list"), deny = settings.text("usershare prefix deny list");
  return (allow.empty() || begins(allow)) && (deny.empty() || !begins(deny));
}

// smbd takes usershares only from a folder of root with the sticky bit that others cannot write, smb.conf(5) "usershare path".
bool folder_is_trusted(const platform::FileStatus& folder) {
  return folder.type == platform::FileType::directory && folder.uid == 0 && (folder.mode & 01000) != 0 && (folder.mode & 0002) == 0;
}

platform::Status add_usershares(const Host& host, const SambaSection& global, const People& people, std::vector<SambaShare>& shares) {
  const SambaSection nothing;
  const Settings settings(nothing, global);
  const auto most = parse::number(settings.text("usershare max shares"));
  const auto folder = settings.text("usershare path");
  if (most == 0 || folder.empty()) return platform::Done{};
  const auto status = ask(host, StatFile{.path = folder});
  if (!status && status.error().kind == ErrorKind::not_found) return platform::Done{};
  if (!status) return status.error();
  if (!folder_is_trusted(*status)) return platform::Done{};
  const auto names = ask(host, ListDirectory{.path = folder});
  if (!names) return names.error();
  const auto hosts = parse::samba_hosts(settings.text("hosts allow"), settings.text("hosts deny"));
  const auto guest = identity(people, settings.text("guest account"));
  for (const auto& entry : names->entries) {
    if (entry.status.type != platform::FileType::regular || entry.name.starts_with('.') || entry.name.starts_with(':')) continue;
    const auto path = folder + "/" + entry.name;
    const auto file = ask(host, ReadFile{.path = path});
    if (!file && file.error().kind == ErrorKind::not_found) continue;
    if (!file) return file.error();
    const auto read = parse::parse_usershare(file->bytes.data);
    if (!read || !path_is_allowed(settings, read->path)) continue;  // smbd does not take it either
    const auto owner = ask(host, StatFile{.path = read->path});
    if (!owner && owner.error().kind == ErrorKind::not_found) continue;
    if (settings.yes("usershare owner only") && owner && file->status.uid != 0 && owner->uid != file->status.uid) continue;
    if (read->guests && !settings.yes("usershare allow guests")) continue;
    SambaShare share{
        read->name.empty() ? entry.name : read->name, read->path, path, Access::none, false, read->everyone == Access::write, hosts};
    share.everyone = read->everyone != Access::none;
    if (read->guests && hosts == Reach::everyone) share.strangers = lesser(read->everyone, access_in(host, read->path, guest));
    shares.push_back(std::move(share));
  }
  return platform::Done{};
}

bool has_smbd(const Host& host) {
  for (const char* path : {"/usr/sbin/smbd", "/usr/bin/smbd"}) {
    const auto seen = ask(host, StatFile{.path = path});
    if (seen || seen.error().kind != ErrorKind::not_found) return true;
  }
  return false;
}

}  // namespace

Fact<Samba> collect_samba_linux(const Host& host) {
  const auto output =
      has_smbd(host) ? ask(host, RunHelper{.helper = "testparm", .arguments = {"-sv"}, .reducer = "samba_config"})
                     : platform::Seen<platform::HelperOutput>{platform::Error{ErrorKind::not_found, "smbd is not installed"}, "smbd", {}};
  if (!output) return unavailable<Samba>(output);
  if (output->exit_code != 0)
    return compliance::no_fact<Samba>({ErrorKind::failed, "testparm ended with " + std::to_string(output->exit_code)}, output.source,
                                      output.observed_at);
  const auto sections = parse::parse_testparm(output->out.data);
  if (!sections) return malformed<Samba>(sections.error().detail, output);
  const auto passwd = ask(host, ReadFile{.path = "/etc/passwd"}), group = ask(host, ReadFile{.path = "/etc/group"});
  if (!passwd) return unavailable<Samba>(passwd);
  if (!group) return unavailable<Samba>(group);
  const People people{parse_passwd(passwd->bytes.data), parse_group(group->bytes.data)};
  Samba samba;
  add_shares(host, *sections, people, samba.shares);
  if (auto status = add_usershares(host, sections->front(), people, samba.shares); !status)
    return compliance::no_fact<Samba>(status.error(), "usershares", output.observed_at);
  const SambaSection nothing;
  const Settings settings(nothing, sections->front());
  samba.server_min_protocol = settings.text("server min protocol");
  samba.server_max_protocol = settings.text("server max protocol");
  samba.client_min_protocol = settings.text("client min protocol");
  return observed(std::move(samba), output);
}

}  // namespace gokajo::collectors
