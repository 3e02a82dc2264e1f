/// \file
/// Accounts that are kept off this PC (a domain, a directory) or in homes of their own, where this PC's rule for passwords does not reach:
/// nsswitch.conf(5), sssd.conf(5), systemd-homed(8).
#include <algorithm>

#include "collectors/parse/key_file.h"
#include "collectors/parse/lines.h"
#include "collectors/passwords.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using platform::ask, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile;
using Places = std::vector<std::string>;

namespace {

/// Services of the line "passwd:", without actions in brackets. Without the line the C library's default is files.
std::vector<std::string> passwd_services(std::string_view text) {
  for (const auto raw : parse::lines(text)) {
    const auto line = parse::trimmed(raw.substr(0, raw.find('#')));
    if (line.starts_with("passwd:")) return parse::words(line.substr(7));
  }
  return {"files"};
}

/// Domains of sssd.conf that are not this PC's own files.
void add_sssd_domains(std::string_view text, Places& places) {
  for (const auto& key : parse::parse_key_file(text))
    if (key.section.starts_with("domain/") && key.key == "id_provider" && key.value != "files" && key.value != "local")
      places.push_back("sssd: " + key.section.substr(7));
}

}  // namespace

compliance::Fact<Places> collect_accounts_elsewhere_linux(const Host& host) {
  const auto nsswitch = ask(host, ReadFile{.path = "/etc/nsswitch.conf"});
  const auto vendor = ask(host, ReadFile{.path = "/usr/etc/nsswitch.conf"});
  const auto& file = !nsswitch && nsswitch.error().kind == ErrorKind::not_found ? vendor : nsswitch;
  if (!file && file.error().kind != ErrorKind::not_found) return unavailable<Places>(file);
  const auto services = file ? passwd_services(file->bytes.data) : Places{"files"};
  const auto has = [&](std::string_view name) { return std::find(services.begin(), services.end(), name) != services.end(); };
  Places places;
  for (const auto* name : {"winbind", "ldap", "nis", "himmelblau", "aad"})
    if (has(name)) places.emplace_back(name);
  if (has("sss")) {
    // Fedora and RHEL name sss everywhere; only a file for it makes domains.
    const auto sssd = ask(host, ReadFile{.path = "/etc/sssd/sssd.conf", .reducer = "sssd"});
    if (!sssd && sssd.error().kind != ErrorKind::not_found) return unavailable<Places>(sssd);
    if (sssd) add_sssd_domains(sssd->bytes.data, places);
    const auto folder = ask(host, ListDirectory{.path = "/etc/sssd/conf.d"});
    if (!folder && folder.error().kind != ErrorKind::not_found) return unavailable<Places>(folder);
    if (folder)
      for (const auto& entry : folder->entries) {
        if (!entry.name.ends_with(".conf") || entry.name.starts_with('.')) continue;
        const auto drop_in = ask(host, ReadFile{.path = "/etc/sssd/conf.d/" + entry.name, .reducer = "sssd"});
        if (!drop_in) return unavailable<Places>(drop_in);
        add_sssd_domains(drop_in->bytes.data, places);
      }
  }
  const auto homes = ask(host, ListDirectory{.path = "/var/lib/systemd/home"});
  if (!homes && homes.error().kind != ErrorKind::not_found) return unavailable<Places>(homes);
  if (homes)
    for (const auto& entry : homes->entries)
      if (entry.name.ends_with(".identity")) places.push_back("systemd-homed: " + entry.name.substr(0, entry.name.size() - 9));
  return observed(std::move(places), file);
}

}  // namespace gokajo::collectors
