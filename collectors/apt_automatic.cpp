#include "collectors/apt_automatic.h"

#include "collectors/parse/lines.h"
#include "collectors/seen.h"
#include "collectors/units.h"

namespace gokajo::collectors {

using compliance::AutomaticUpdates, compliance::Fact, compliance::Tristate;
using platform::ask, platform::ErrorKind, platform::Host, platform::RunHelper, platform::StatFile;

namespace {

std::string value_of_apt_config_shell(std::string_view value) {
  if (value.size() >= 2 && value.front() == '\'' && value.back() == '\'') value = value.substr(1, value.size() - 2);
  return std::string(value);
}

Tristate both(Tristate a, Tristate b) {
  if (a == Tristate::no || b == Tristate::no) return Tristate::no;
  return a == Tristate::yes && b == Tristate::yes ? Tristate::yes : Tristate::unknown;
}

void configured(const AptPeriodic& periodic, AutomaticUpdates& into) {
  // apt.systemd.daily: Enable counts as 1 where it is not set, the other two as 0.
  const auto enable = periodic.enable ? periodic_is_on(periodic.enable) : Tristate::yes;
  const auto update = periodic_is_on(periodic.update), upgrade = periodic_is_on(periodic.upgrade);
  into.configured = both(enable, both(update, upgrade));
  const auto say = [&](Tristate state, const char* name, const std::optional<std::string>& value) {
    if (state == Tristate::no) into.why_not.push_back(std::string("APT::Periodic::") + name + " \"" + value.value_or("") + "\"");
  };
  say(enable, "Enable", periodic.enable);
  say(update, "Update-Package-Lists", periodic.update);
  say(upgrade, "Unattended-Upgrade", periodic.upgrade);
}

// Both timers must be active now and come again at the next start.
void timers(const Host& host, AutomaticUpdates& into) {
  const std::vector<std::string> names = {"apt-daily.timer", "apt-daily-upgrade.timer"};
  const auto units = ask_units(host, names);
  if (!units) return;
  auto all = Tristate::yes;
  for (const auto& name : names) {
    const auto found = units->find(name);
    const auto state = found == units->end() ? Tristate::unknown : runs(found->second);
    if (state == Tristate::no) into.why_not.push_back(told(name, found->second));
    all = both(all, state);
  }
  into.timer_runs = all;
}

// apt-config(8) prints NAME='value' for each name that is set, and nothing else.
bool is_apt_shell(std::string_view text) {
  for (const auto line : parse::lines(text))
    if (!line.starts_with("ENABLE='") && !line.starts_with("UPDATE='") && !line.starts_with("UPGRADE='")) return false;
  return true;
}

}  // namespace

AptPeriodic parse_apt_periodic(std::string_view text) {
  AptPeriodic periodic;
  for (const auto line : parse::lines(text)) {
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    const auto name = line.substr(0, equals);
    auto value = value_of_apt_config_shell(parse::trimmed(line.substr(equals + 1)));
    if (name == "ENABLE")
      periodic.enable = std::move(value);
    else if (name == "UPDATE")
      periodic.update = std::move(value);
    else if (name == "UPGRADE")
      periodic.upgrade = std::move(value);
  }
  return periodic;
}

Tristate periodic_is_on(const std::optional<std::string>& value) {
  if (!value || value->empty()) return Tristate::no;
  if (*value == "always") return Tristate::yes;
  std::string_view digits = *value;
  if (std::string_view("smhd").find(digits.back()) != std::string_view::npos) digits.remove_suffix(1);
  const auto number = parse::number(digits);
  if (!number) return Tristate::unknown;
  return *number > 0 ? Tristate::yes : Tristate::no;
}

Fact<AutomaticUpdates> collect_apt_automatic(const Host& host) {
  // Three names and nothing else are asked for: other parts of the configuration may hold a proxy's password.
  const auto shell =
      ask(host, RunHelper{.helper = "apt-config",
                          .arguments = {"shell", "ENABLE", "APT::Periodic::Enable", "UPDATE", "APT::Periodic::Update-Package-Lists",
                                        "UPGRADE", "APT::Periodic::Unattended-Upgrade"}});
  if (!shell) return unavailable<AutomaticUpdates>(shell);
  if (shell->exit_code != 0)
    return compliance::no_fact<AutomaticUpdates>({ErrorKind::failed, shell->err.data}, shell.source, shell.observed_at);
  if (!is_apt_shell(shell->out.data)) return malformed<AutomaticUpdates>("not what apt-config prints", shell);
  AutomaticUpdates automatic;
  automatic.mechanism = "unattended-upgrades";
  configured(parse_apt_periodic(shell->out.data), automatic);
  const auto installer = ask(host, StatFile{.path = "/usr/bin/unattended-upgrade"});
  automatic.installer_present = installer                                        ? Tristate::yes
                                : installer.error().kind == ErrorKind::not_found ? Tristate::no
                                                                                 : Tristate::unknown;
  if (automatic.installer_present == Tristate::no) automatic.why_not.emplace_back("unattended-upgrades: -");
  timers(host, automatic);
  if (const auto stamp = ask(host, StatFile{.path = "/var/lib/apt/periodic/unattended-upgrades-stamp"}))
    automatic.last_run = stamp->modified;
  return observed(std::move(automatic), shell);
}

}  // namespace gokajo::collectors
