#include "collectors/zypper_automatic.h"

#include <algorithm>

#include "collectors/automatic.h"
#include "collectors/parse/lines.h"
#include "collectors/seen.h"
#include "collectors/units.h"

namespace gokajo::collectors {

using compliance::AutomaticUpdates, compliance::Fact, compliance::OsRelease, compliance::SourceState, compliance::Tristate,
    compliance::UpdateSources;
using platform::ask, platform::ErrorKind, platform::Host, platform::ReadFile, platform::Result, platform::StatFile;

namespace {

using Units = std::map<std::string, Unit>;

void timer_layer(const Result<Units>& units, const std::string& name, AutomaticUpdates& into) {
  if (!units) return;
  const auto found = units->find(name);
  if (found == units->end()) return;
  into.timer_runs = runs(found->second);
  if (into.timer_runs == Tristate::no) into.why_not.push_back(told(name, found->second));
}

// The program a service runs, or where the package puts it when systemd does not say.
std::vector<std::string> command_of(const Result<Units>& units, const std::string& service) {
  if (!units) return {};
  const auto found = units->find(service);
  return found == units->end() || found->second.commands.size() != 1 ? std::vector<std::string>{} : found->second.commands[0];
}

void installer_layer(Tristate present, AutomaticUpdates& into) {
  into.installer_present = present;
  if (present == Tristate::no) into.why_not.push_back(into.mechanism + ": -");
}

// zypper patch installs what patches name: without any, nothing.
Tristate patches_reach(const Fact<UpdateSources>& sources, const Fact<OsRelease>& os) {
  if (os && os->id == "opensuse-tumbleweed") return Tristate::no;
  if (!sources) return Tristate::unknown;
  bool none = true;
  for (const auto& source : sources->sources) {
    if (source.state == SourceState::disabled || source.state == SourceState::removable) continue;
    if (source.security == Tristate::yes) return Tristate::yes;  // a repository of patches is the distribution's own
    none = none && source.state == SourceState::ok;
  }
  return none ? Tristate::no : Tristate::unknown;
}

// os-update(8): the vendor's file, an older folder, the administrator's; each later one overrides. "auto" knows three systems by NAME.
Tristate os_update_installs(const Host& host, const Fact<UpdateSources>& sources, const Fact<OsRelease>& os, std::string& said) {
  said = "auto";
  for (const char* path : {"/usr/share/os-update/os-update.conf", "/usr/etc/os-update.conf", "/etc/os-update.conf"}) {
    const auto file = ask(host, ReadFile{.path = path});
    if (!file && file.error().kind != ErrorKind::not_found) return Tristate::unknown;
    if (file)
      if (const auto value = parse_shell_setting(file->bytes.data, "UPDATE_CMD")) said = *value;
  }
  if (said == "dup" || said == "up") return Tristate::yes;
  if (said == "security") return patches_reach(sources, os);
  if (said != "auto") return said == "?" ? Tristate::unknown : Tristate::no;
  if (!os) return Tristate::unknown;
  return os->name == "SLES" || os->name == "openSUSE Leap" || os->name == "openSUSE Tumbleweed" ? Tristate::yes : Tristate::no;
}

AutomaticUpdates os_update(const Host& host, const Result<Units>& units, const Fact<UpdateSources>& sources, const Fact<OsRelease>& os) {
  AutomaticUpdates found;
  found.mechanism = "os-update";
  installer_layer(is_there(host, {"/usr/libexec/os-update", "/usr/lib/os-update"}), found);
  std::string said;
  found.configured = os_update_installs(host, sources, os, said);
  if (found.configured == Tristate::no) found.why_not.push_back("os-update.conf: UPDATE_CMD=" + said);
  timer_layer(units, "os-update.timer", found);
  return found;
}

// transactional-update.service: "transactional-update cleanup ${UPDATE_METHOD} reboot", UPDATE_METHOD=dup by default.
AutomaticUpdates transactional_update(const Host& host, const Result<Units>& units) {
  AutomaticUpdates found;
  found.mechanism = "transactional-update";
  installer_layer(is_there(host, {"/usr/sbin/transactional-update"}), found);
  const auto command = command_of(units, "transactional-update.service");
  for (const auto& word : command)
    if (word == "dup" || word == "up" || word == "${UPDATE_METHOD}") found.configured = Tristate::yes;
  timer_layer(units, "transactional-update.timer", found);
  return found;
}

// yast2-online-update-configuration: a link of this name among cron's, to a script that asks the file whether it may. The script ends after
// the first of AOU_PATCH_CATEGORIES.
void yast_configured(const Host& host, const Fact<UpdateSources>& sources, const Fact<OsRelease>& os, AutomaticUpdates& into) {
  const auto file = ask(host, ReadFile{.path = "/etc/sysconfig/automatic_online_update"});
  if (!file) {
    if (file.error().kind == ErrorKind::not_found) into.configured = Tristate::no;
    return;
  }
  const auto enabled = parse_shell_setting(file->bytes.data, "AOU_ENABLE_CRONJOB").value_or("");
  const auto kinds = parse::words(parse_shell_setting(file->bytes.data, "AOU_PATCH_CATEGORIES").value_or(""));
  if (enabled == "?" || (!kinds.empty() && kinds[0] == "?")) return;
  if (enabled != "true") {
    into.configured = Tristate::no;
    into.why_not.push_back("AOU_ENABLE_CRONJOB=" + enabled);
  } else if (!kinds.empty() && kinds[0] != "security") {
    into.configured = Tristate::no;
    into.why_not.push_back("AOU_PATCH_CATEGORIES=" + kinds[0]);
  } else {
    into.configured = patches_reach(sources, os);
    if (into.configured == Tristate::no) into.why_not.emplace_back("zypper patch");
  }
}

AutomaticUpdates yast(const Host& host, const Result<Units>& units, const Fact<UpdateSources>& sources, const Fact<OsRelease>& os) {
  AutomaticUpdates found;
  found.mechanism = "YaST online update";
  installer_layer(is_there(host, {"/usr/lib/YaST2/bin/online_update"}), found);
  yast_configured(host, sources, os, found);
  const auto job = is_there(host, {"/etc/cron.daily/opensuse.org-online_update", "/etc/cron.weekly/opensuse.org-online_update",
                                   "/etc/cron.monthly/opensuse.org-online_update"});
  if (job == Tristate::yes) return timer_layer(units, "cron.service", found), found;
  found.timer_runs = job;
  if (job == Tristate::no) found.why_not.emplace_back("cron: opensuse.org-online_update");
  return found;
}

}  // namespace

std::optional<std::string> parse_shell_setting(std::string_view text, std::string_view name) {
  std::optional<std::string> found;
  for (const auto whole : parse::lines(text)) {
    auto line = parse::trimmed(whole);
    if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != '=') continue;
    const auto value = line.substr(name.size() + 1);
    // Expansions, a second command, a comment behind the value, a quote that goes on: more than one plain word.
    const bool quoted =
        value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.find(value.front(), 1) == value.size() - 1;
    const bool plain = value.find_first_of("$`\\") == std::string_view::npos &&
                       (quoted || value.find_first_of("\"'; \t#&|<>()") == std::string_view::npos);
    found = plain ? parse::shell_unquoted(value) : "?";
  }
  return found;
}

Fact<AutomaticUpdates> collect_zypper_automatic(const Host& host, const Fact<UpdateSources>& sources, const Fact<OsRelease>& os) {
  const auto units = ask_units(
      host, {"os-update.timer", "os-update.service", "transactional-update.timer", "transactional-update.service", "cron.service"},
      "Id,ActiveState,UnitFileState,ExecStart");
  std::vector<AutomaticUpdates> found = {os_update(host, units, sources, os), transactional_update(host, units),
                                         yast(host, units, sources, os)};
  return compliance::fact(best_of(std::move(found)), "systemctl show os-update.timer, os-update.conf", os.observed_at);
}

}  // namespace gokajo::collectors
