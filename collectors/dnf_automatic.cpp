#include "collectors/dnf_automatic.h"

#include <algorithm>
#include <array>

#include "collectors/automatic.h"
#include "collectors/parse/key_file.h"
#include "collectors/parse/lines.h"
#include "collectors/parse/rpm.h"
#include "collectors/rpm_packages.h"
#include "collectors/seen.h"
#include "collectors/units.h"

namespace gokajo::collectors {

using compliance::AutomaticUpdates, compliance::Fact, compliance::OsRelease, compliance::SourceState, compliance::Tristate,
    compliance::UpdateSource, compliance::UpdateSources;
using platform::ask, platform::ErrorKind, platform::Host, platform::ReadFile;

namespace {

constexpr const char* kConfig4 = "/etc/dnf/automatic.conf";

// dnf-automatic(8): the first does what automatic.conf says, the others override it. dnf 5 has one, and the first as its alias.
constexpr std::array<const char*, 5> kUnits = {"dnf5-automatic", "dnf-automatic", "dnf-automatic-install", "dnf-automatic-download",
                                               "dnf-automatic-notifyonly"};

// libdnf's OptionBool.
Tristate is_true(const std::string& value) {
  const auto word = parse::lower(value);
  for (const char* yes : {"1", "yes", "true", "on"})
    if (word == yes) return Tristate::yes;
  for (const char* no : {"0", "no", "false", "off"})
    if (word == no) return Tristate::no;
  return Tristate::unknown;
}

// What would be installed, by the configuration alone. `known` false: it cannot be read, or not by one meaning.
struct Config {
  bool known = false;
  DnfAutomatic value;
};

Config read_over(const Host& host, const std::string& path, const Config& before) {
  const auto file = ask(host, ReadFile{.path = path, .reducer = "dnf_automatic"});
  if (file) return {before.known, parse_dnf_automatic(file->bytes.data, before.value)};
  return {before.known && file.error().kind == ErrorKind::not_found, before.value};
}

Config config_of_dnf4(const Host& host) { return read_over(host, kConfig4, {true, {}}); }

// Since 5.2.6.1 each file is laid over the one before; earlier versions took the first of /etc/dnf/dnf5-plugins and /usr/share alone. Where
// the two readings differ and the version is not known, nothing is concluded.
Config config_of_dnf5(const Host& host) {
  constexpr const char* kVendor = "/usr/share/dnf5/dnf5-plugins/automatic.conf";
  constexpr const char* kOwn = "/etc/dnf/dnf5-plugins/automatic.conf";
  const auto vendor = read_over(host, kVendor, {true, {}});
  const auto layered = read_over(host, kConfig4, read_over(host, kOwn, vendor));
  const bool own = bool(ask(host, platform::StatFile{.path = kOwn}));
  const auto first = own ? read_over(host, kOwn, {true, {}}) : vendor;
  if (const auto installed = installed_rpm_packages(host))
    for (const auto& package : *installed)
      if (package.name == "dnf5-plugin-automatic") return parse::compare_evr(package.evr, "5.2.6.1") >= 0 ? layered : first;
  return {layered.known && first.known && layered.value == first.value, layered.value};
}

class Automatic {
 public:
  Automatic(const Host& host, const Fact<UpdateSources>& sources, const Fact<OsRelease>& os)
      : sources_(sources), os_(os), config4_(config_of_dnf4(host)), config5_(config_of_dnf5(host)) {
    present4_ = is_there(host, {"/usr/bin/dnf-automatic"});
    // Fedora's %{_libdir}; dnf5-plugin-automatic.
    present5_ = is_there(host, {"/usr/lib64/dnf5/plugins/automatic_cmd_plugin.so", "/usr/lib/dnf5/plugins/automatic_cmd_plugin.so"});
  }

  AutomaticUpdates of_service(const std::string& timer_name, const Unit& timer, const std::vector<std::string>& command) const {
    const bool five = command.size() > 1 && command[1] == "automatic";
    auto found = start(five);
    found.timer_runs = runs(timer);
    if (found.timer_runs == Tristate::no) found.why_not.push_back(told(timer_name, timer));
    auto config = five ? config5_ : config4_;
    for (std::size_t i = five ? 2 : 1; i < command.size(); ++i) {
      if (command[i] == "--installupdates" || command[i] == "--no-installupdates")
        config.value.apply = command[i] == "--installupdates" ? Tristate::yes : Tristate::no;
      else if (!command[i].starts_with("-") && command[i] != kConfig4)
        config.known = false;  // a configuration of its own
    }
    const bool said_by_command = std::find(command.begin(), command.end(), "--no-installupdates") != command.end();
    if (said_by_command && config.value.apply == Tristate::no) {
      found.configured = Tristate::no;
      found.why_not.push_back(timer_name + ": --no-installupdates");
    } else {
      configure(config, found);
    }
    return found;
  }

  // A service that runs something else than its package wrote: what it installs is not known.
  AutomaticUpdates of_timer(const std::string& timer_name, const Unit& timer, bool five) const {
    auto found = start(five);
    found.timer_runs = runs(timer);
    if (found.timer_runs == Tristate::no) found.why_not.push_back(told(timer_name, timer));
    return found;
  }

  // systemd did not answer, or knows none of the timers.
  AutomaticUpdates without_timer(bool five, bool systemd_answered) const {
    auto found = start(five);
    if (systemd_answered) {
      found.timer_runs = Tristate::no;
      if (found.why_not.empty()) found.why_not.push_back(found.mechanism + ".timer: -");
    }
    // Its service may override what automatic.conf refuses.
    const auto& config = five ? config5_ : config4_;
    if (config.value.apply == Tristate::yes) configure(config, found);
    return found;
  }

 private:
  AutomaticUpdates start(bool five) const {
    AutomaticUpdates found;
    found.mechanism = five ? "dnf5-automatic" : "dnf-automatic";
    found.installer_present = five ? present5_ : present4_;
    if (found.installer_present == Tristate::no) found.why_not.push_back(found.mechanism + ": -");
    return found;
  }

  void configure(const Config& config, AutomaticUpdates& into) const {
    if (config.known && config.value.apply == Tristate::no) {
      into.configured = Tristate::no;
      into.why_not.emplace_back("automatic.conf: apply_updates = no");
      return;
    }
    if (!config.known || config.value.apply != Tristate::yes || config.value.upgrade_type == "?") return;
    into.configured = config.value.upgrade_type == "security" ? reach() : Tristate::yes;
    if (into.configured == Tristate::no) into.why_not.emplace_back("automatic.conf: upgrade_type = security");
  }

  Tristate reach() const {
    // CentOS Stream publishes no advisories (evidence/linux.md 2.2), so an upgrade of that type installs nothing of its base.
    if (os_ && os_->id == "centos") return Tristate::no;
    return sources_ ? advisories_reach_base(*sources_) : Tristate::unknown;
  }

  const Fact<UpdateSources>& sources_;
  const Fact<OsRelease>& os_;
  Config config4_, config5_;
  Tristate present4_ = Tristate::unknown, present5_ = Tristate::unknown;
};

bool of_base(const std::string& id) {
  const auto name = parse::lower(id);
  return name.find("baseos") != std::string::npos || name.find("appstream") != std::string::npos || name == "updates";
}

}  // namespace

DnfAutomatic parse_dnf_automatic(std::string_view text, DnfAutomatic before) {
  for (const auto& line : parse::parse_key_file(text)) {
    if (line.section != "commands") continue;
    if (line.key == "apply_updates") before.apply = is_true(line.value);
    if (line.key != "upgrade_type") continue;
    const bool known = line.value == "default" || line.value == "security" || line.value == "distro-sync";
    before.upgrade_type = known ? line.value : "?";
  }
  return before;
}

Tristate advisories_reach_base(const UpdateSources& sources) {
  std::vector<const UpdateSource*> in_use, base;
  for (const auto& source : sources.sources) {
    if (source.state == SourceState::disabled || source.state == SourceState::removable) continue;
    in_use.push_back(&source);
    if (of_base(source.name)) base.push_back(&source);
  }
  const auto& decide = base.empty() ? in_use : base;
  bool all = !decide.empty(), none = !decide.empty();
  for (const auto* source : decide) {
    all = all && source->security == Tristate::yes;
    none = none && source->state == SourceState::ok && source->security != Tristate::yes;
  }
  return all ? Tristate::yes : none ? Tristate::no : Tristate::unknown;
}

Fact<AutomaticUpdates> collect_dnf_automatic(const Host& host, const Fact<UpdateSources>& sources, const Fact<OsRelease>& os, bool dnf5) {
  const Automatic automatic(host, sources, os);
  std::vector<std::string> names;
  for (const char* unit : kUnits) names.insert(names.end(), {std::string(unit) + ".timer", std::string(unit) + ".service"});
  const auto units = ask_units(host, names, "Id,ActiveState,UnitFileState,ExecStart");
  std::vector<AutomaticUpdates> found;
  if (units)
    for (const char* unit : kUnits) {
      const auto timer = units->find(std::string(unit) + ".timer"), service = units->find(std::string(unit) + ".service");
      // systemd tells of units that are not there as well.
      if (timer == units->end() || timer->second.file_state.empty()) continue;
      const bool one = service != units->end() && service->second.commands.size() == 1;
      found.push_back(one ? automatic.of_service(timer->first, timer->second, service->second.commands[0])
                          : automatic.of_timer(timer->first, timer->second, dnf5));
    }
  if (found.empty()) found.push_back(automatic.without_timer(dnf5, bool(units)));
  return compliance::fact(best_of(std::move(found)), "systemctl show dnf-automatic.timer, automatic.conf", os.observed_at);
}

}  // namespace gokajo::collectors
