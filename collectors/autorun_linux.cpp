#include <algorithm>

#include "collectors/accounts.h"
#include "collectors/autorun.h"
#include "collectors/dconf.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Autorun, compliance::AutorunPerson, compliance::Desktop, compliance::DesktopKind, compliance::Fact;
using platform::ask, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile;

namespace {

DesktopKind kind_of(std::string_view name) {
  for (const std::string_view family : {"gnome", "ubuntu", "pop", "budgie", "unity"})
    if (name.starts_with(family)) return DesktopKind::gnome;
  return name.starts_with("plasma") || name.starts_with("kde") ? DesktopKind::plasma : DesktopKind::other;
}

Fact<std::vector<Desktop>> desktops(const Host& host) {
  using Desktops = std::vector<Desktop>;
  // That there is no session to choose means something only where the place of sessions could be looked at.
  const auto share = ask(host, platform::StatFile{.path = "/usr/share"});
  if (!share) return unavailable<Desktops>(share);
  Desktops found;
  Fact<Desktops> fact;
  for (const char* path : {"/usr/share/xsessions", "/usr/share/wayland-sessions"}) {
    const auto seen = ask(host, ListDirectory{.path = path});
    if (!seen && seen.error().kind != ErrorKind::not_found) return unavailable<Desktops>(seen);
    fact.source = path;
    fact.observed_at = seen.observed_at;
    if (!seen) continue;
    for (const auto& entry : seen->entries) {
      if (!entry.name.ends_with(".desktop")) continue;
      const auto name = entry.name.substr(0, entry.name.size() - 8);
      if (std::none_of(found.begin(), found.end(), [&](const auto& known) { return known.name == name; }))
        found.push_back({name, kind_of(name)});
    }
  }
  fact.value = std::move(found);
  return fact;
}

Fact<bool> never(const Fact<std::optional<std::string>>& value) {
  if (!value) return compliance::no_fact<bool>({value.absent, value.detail}, value.source, value.observed_at);
  return compliance::fact(*value == "true", value.source, value.observed_at);  // the schema's default is false
}

Fact<std::map<std::string, AutorunPerson>> people(const Host& host) {
  using People = std::map<std::string, AutorunPerson>;
  const auto passwd = ask(host, ReadFile{.path = "/etc/passwd"});
  if (!passwd) return unavailable<People>(passwd);
  const auto system = read_dconf_system(host);
  People found;
  for (const auto& account : parse_passwd(passwd->bytes.data)) {
    if (!is_person(account) || !can_sign_in(account)) continue;
    const auto value = dconf_value(host, system, account, "/org/gnome/desktop/media-handling/autorun-never");
    found.insert_or_assign(std::to_string(account.uid), AutorunPerson{account.name, never(value)});
  }
  return observed(std::move(found), passwd);
}

}  // namespace

Autorun collect_autorun_linux(const Host& host) { return {desktops(host), people(host)}; }

}  // namespace gokajo::collectors
