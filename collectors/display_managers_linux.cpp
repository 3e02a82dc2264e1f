#include <algorithm>
#include <array>
#include <optional>

#include "collectors/display_managers.h"
#include "collectors/parse/key_file.h"
#include "collectors/parse/lines.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::AutoLogin, compliance::GuestSession;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile, platform::StatFile,
    platform::Status;

namespace {

/// Asks, and keeps what stood in the way: a setting nobody could read must not look like one that is not there.
class Looker {
 public:
  explicit Looker(const Host& host) : host_(host) {}

  std::optional<std::string> text(const std::string& path) {
    const auto file = ask(host_, ReadFile{.path = path});
    note(file);
    return file ? std::optional(file->bytes.data) : std::nullopt;
  }

  /// Names in a folder, in the C library's order.
  std::vector<std::string> names(const std::string& path) {
    const auto listed = ask(host_, ListDirectory{.path = path});
    note(listed);
    std::vector<std::string> found;
    if (listed)
      for (const auto& entry : listed->entries) found.push_back(entry.name);
    std::sort(found.begin(), found.end());
    return found;
  }

  bool exists(const std::string& path) {
    const auto status = ask(host_, StatFile{.path = path});
    note(status);
    return status.result.has_value();
  }

  bool any_exists(std::initializer_list<const char*> paths) {
    return std::any_of(paths.begin(), paths.end(), [&](const char* path) { return exists(path); });
  }

  /// The target of a link, by its last name; empty when it is none.
  std::string link(const std::string& path) {
    const auto status = ask(host_, StatFile{.path = path, .follow = false});
    note(status);
    if (!status || !status->link_target) return {};
    return status->link_target->substr(status->link_target->rfind('/') + 1);
  }

  const std::optional<Error>& fault() const { return fault_; }
  platform::Time observed_at() const { return observed_at_; }

 private:
  template <class T>
  void note(const platform::Seen<T>& seen) {
    observed_at_ = std::max(observed_at_, seen.observed_at);
    if (!seen && seen.error().kind != ErrorKind::not_found && !fault_)
      fault_ = Error{seen.error().kind, seen.source + ": " + seen.error().detail};
  }

  const Host& host_;
  std::optional<Error> fault_;
  platform::Time observed_at_{};
};

void lay_file(Looker& look, const std::string& path, Settings& settings) {
  if (const auto text = look.text(path)) lay_over(*text, path, settings);
}

void lay_folder(Looker& look, const std::string& folder, std::string_view ending, Settings& settings) {
  for (const auto& name : look.names(folder))
    if (name.ends_with(ending) && !name.starts_with('.')) lay_file(look, folder + "/" + name, settings);
}

const Setting* find(const Settings& settings, const std::string& key) {
  const auto found = settings.find(key);
  return found == settings.end() ? nullptr : &found->second;
}

/// Whether this display manager is the one that starts: systemd's alias says so; without the alias every one that is installed counts.
bool starts(Looker& look, std::initializer_list<const char*> programs, std::string_view unit) {
  if (!look.any_exists(programs)) return false;
  const auto alias = look.link("/etc/systemd/system/display-manager.service");
  return alias.empty() || alias == unit || (unit == "gdm.service" && alias == "gdm3.service");
}

/// [Seat:*], [SeatDefaults] and the first seat's own section, the later in that order winning (lightdm 1.26.0, /etc/lightdm/lightdm.conf).
const Setting* lightdm_seat(const Settings& settings, const std::string& key) {
  const Setting* found = nullptr;
  for (const auto* section : {"SeatDefaults", "Seat:*", "Seat:seat*", "Seat:seat0"})
    if (const auto* here = find(settings, std::string(section) + "/" + key)) found = here;
  return found;
}

Settings lightdm_settings(Looker& look) {
  Settings settings;
  for (const auto* folder : {"/usr/share/lightdm/lightdm.conf.d", "/usr/local/share/lightdm/lightdm.conf.d",
                             "/etc/xdg/lightdm/lightdm.conf.d", "/etc/lightdm/lightdm.conf.d"})
    lay_folder(look, folder, ".conf", settings);
  lay_file(look, "/etc/lightdm/lightdm.conf", settings);
  return settings;
}

bool has_lightdm(Looker& look) { return starts(look, {"/usr/sbin/lightdm", "/usr/bin/lightdm"}, "lightdm.service"); }

void add_gdm(Looker& look, const compliance::OsRelease& os, std::vector<AutoLogin>& found) {
  if (!starts(look, {"/usr/sbin/gdm3", "/usr/sbin/gdm", "/usr/bin/gdm"}, "gdm.service")) return;
  const auto like = [&](std::string_view id) {
    return os.id == id || std::find(os.id_like.begin(), os.id_like.end(), id) != os.id_like.end();
  };
  // Debian's build reads daemon.conf, Ubuntu's custom.conf, all others /etc/gdm/custom.conf; GDM lays its runtime file over it.
  Settings settings;
  const bool ubuntu = like("ubuntu");
  lay_file(look, ubuntu ? "/etc/gdm3/custom.conf" : like("debian") ? "/etc/gdm3/daemon.conf" : "/etc/gdm/custom.conf", settings);
  lay_file(look, ubuntu || like("debian") ? "/run/gdm3/custom.conf" : "/run/gdm/custom.conf", settings);
  for (const std::string kind : {"Automatic", "Timed"}) {
    const auto* on = find(settings, "daemon/" + kind + "LoginEnable");
    const auto* user = find(settings, "daemon/" + kind + "Login");
    if (on && user && gdm_says_true(on->value) && !user->value.empty()) found.push_back({user->value, "GDM", user->origin});
  }
}

void add_lightdm(Looker& look, std::vector<AutoLogin>& found) {
  if (!has_lightdm(look)) return;
  const auto settings = lightdm_settings(look);
  const auto* user = lightdm_seat(settings, "autologin-user");
  const auto* guest = lightdm_seat(settings, "autologin-guest");
  if (user && !user->value.empty())
    found.push_back({user->value, "LightDM", user->origin});
  else if (guest && guest->value == "true")
    found.push_back({"guest", "LightDM", guest->origin});
}

void add_section_user(const Settings& settings, const std::string& program, std::vector<AutoLogin>& found) {
  const auto* user = find(settings, "Autologin/User");
  if (user && !user->value.empty()) found.push_back({user->value, program, user->origin});
}

void add_sddm(Looker& look, std::vector<AutoLogin>& found) {
  if (!starts(look, {"/usr/bin/sddm", "/usr/sbin/sddm"}, "sddm.service")) return;
  Settings settings;
  // SDDM reads every file of its folders, whatever it is called (sddm 0.19.0, ConfigReader).
  for (const auto* folder : {"/usr/lib/sddm/sddm.conf.d", "/etc/sddm.conf.d"}) lay_folder(look, folder, "", settings);
  lay_file(look, "/etc/sddm.conf", settings);
  add_section_user(settings, "SDDM", found);
}

void add_plasmalogin(Looker& look, std::vector<AutoLogin>& found) {
  if (!starts(look, {"/usr/bin/plasmalogin"}, "plasmalogin.service")) return;
  Settings settings;
  for (const auto* folder : {"/usr/lib/plasmalogin.conf.d", "/etc/plasmalogin.conf.d"}) lay_folder(look, folder, ".conf", settings);
  lay_file(look, "/etc/plasmalogin.conf", settings);
  add_section_user(settings, "Plasma Login Manager", found);
}

void add_greetd(Looker& look, std::vector<AutoLogin>& found) {
  if (!starts(look, {"/usr/sbin/greetd", "/usr/bin/greetd"}, "greetd.service")) return;
  Settings settings;
  lay_file(look, "/etc/greetd/config.toml", settings);
  const auto* user = find(settings, "initial_session/user");
  const auto* command = find(settings, "initial_session/command");
  if (user && command && !greetd_string(user->value).empty()) found.push_back({greetd_string(user->value), "greetd", user->origin});
}

/// The last ExecStart= of a getty's unit with its drop-ins, systemd.unit(5): /etc before /run before /usr/lib for files of one name, files
/// by name, an empty ExecStart= forgets the earlier ones.
std::optional<Setting> exec_start(Looker& look, const std::vector<std::string>& unit_names) {
  static constexpr std::array<const char*, 4> kFolders = {"/etc/systemd/system/", "/run/systemd/system/", "/usr/local/lib/systemd/system/",
                                                          "/usr/lib/systemd/system/"};
  std::vector<std::string> paths;
  for (const auto& unit : unit_names)
    for (const auto* folder : kFolders)
      if (paths.empty() && look.exists(folder + unit)) paths.emplace_back(folder + unit);
  std::map<std::string, std::string> drop_ins;
  for (auto unit = unit_names.rbegin(); unit != unit_names.rend(); ++unit)
    for (auto folder = kFolders.rbegin(); folder != kFolders.rend(); ++folder)
      for (const auto& name : look.names(*folder + *unit + ".d"))
        if (name.ends_with(".conf")) drop_ins[name] = *folder + *unit + ".d/" + name;
  for (const auto& [name, path] : drop_ins) paths.push_back(path);
  std::optional<Setting> found;
  for (const auto& path : paths) {
    auto text = look.text(path);
    if (!text) continue;
    // A line may go on after a backslash, systemd.syntax(7).
    for (auto at = text->find("\\\n"); at != std::string::npos; at = text->find("\\\n", at)) text->replace(at, 2, " ");
    for (const auto& line : parse::parse_key_file(*text)) {
      if (line.section != "Service" || line.key != "ExecStart") continue;
      if (line.value.empty())
        found.reset();
      else
        found = Setting{line.value, path + ":" + std::to_string(line.line)};
    }
  }
  return found;
}

void add_gettys(Looker& look, std::vector<AutoLogin>& found) {
  // Consoles that somebody wrote a file for, and the ones every PC has.
  std::vector<std::pair<std::string, std::string>> units = {
      {"getty@tty1.service", "getty@.service"}, {"console-getty.service", ""}, {"serial-getty@ttyS0.service", "serial-getty@.service"}};
  for (const auto* folder : {"/etc/systemd/system", "/run/systemd/system"})
    for (auto name : look.names(folder)) {
      if (name.ends_with(".d")) name.resize(name.size() - 2);
      const auto at = name.find('@');
      const bool getty = name.starts_with("getty@") || name.starts_with("serial-getty@") || name.starts_with("container-getty@");
      if (getty && name.ends_with(".service") && name != name.substr(0, at) + "@.service")
        units.emplace_back(name, name.substr(0, at) + "@.service");
    }
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  for (const auto& [unit, general] : units) {
    // A unit that is masked is linked to /dev/null: it never starts.
    if (look.link("/etc/systemd/system/" + unit) == "null" || (!general.empty() && look.link("/etc/systemd/system/" + general) == "null"))
      continue;
    const auto command = exec_start(look, general.empty() ? std::vector{unit} : std::vector{unit, general});
    if (!command) continue;
    const auto user = autologin_of_getty(command->value);
    if (!user.empty()) found.push_back({user, unit, command->origin});
  }
}

template <class T>
compliance::Fact<T> concluded(const Looker& look, T value, std::string source) {
  if (look.fault()) return compliance::no_fact<T>(*look.fault(), std::move(source), look.observed_at());
  return compliance::fact<T>(std::move(value), std::move(source), look.observed_at());
}

}  // namespace

void lay_over(std::string_view text, const std::string& path, Settings& settings) {
  for (const auto& line : parse::parse_key_file(text))
    settings.insert_or_assign(line.section + "/" + line.key, Setting{line.value, path + ":" + std::to_string(line.line)});
}

bool gdm_says_true(std::string_view value) { return value == "1" || parse::lower(value) == "true"; }

std::string greetd_string(std::string_view value) {
  if (value.size() < 2 || (value[0] != '"' && value[0] != '\'')) return {};
  const auto end = value.find(value[0], 1);
  return end == std::string_view::npos ? std::string{} : std::string(value.substr(1, end - 1));
}

std::string autologin_of_getty(std::string_view command) {
  const auto words = parse::words(command);
  if (words.empty() || !words[0].ends_with("agetty")) return {};
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto& word = words[i];
    const bool separate = word == "--autologin" || word == "-a";
    if (separate && i + 1 < words.size()) return words[i + 1];
    if (word.starts_with("--autologin=")) return word.substr(12);
    if (word.starts_with("-a") && word.size() > 2) return word.substr(2);
  }
  return {};
}

compliance::Fact<std::vector<AutoLogin>> collect_auto_logins_linux(const Host& host, const compliance::Device& device) {
  if (!device.os)
    return compliance::no_fact<std::vector<AutoLogin>>({device.os.absent, "which file GDM reads: " + device.os.detail}, device.os.source,
                                                       device.os.observed_at);
  Looker look(host);
  std::vector<AutoLogin> found;
  add_gdm(look, *device.os, found);
  add_lightdm(look, found);
  add_sddm(look, found);
  add_plasmalogin(look, found);
  add_greetd(look, found);
  add_gettys(look, found);
  return concluded(look, std::move(found), "display managers and consoles");
}

compliance::Fact<std::vector<GuestSession>> collect_guests_linux(const Host& host) {
  Looker look(host);
  std::vector<GuestSession> found;
  if (has_lightdm(look)) {
    // Guests need the permission, which is the default, and a program that makes their account (lightdm 1.26.0, src/guest-account.c).
    const auto settings = lightdm_settings(look);
    const auto* allowed = lightdm_seat(settings, "allow-guest");
    const auto* script = find(settings, "LightDM/guest-account-script");
    const auto name = script && !script->value.empty() ? script->value : std::string("guest-account");
    bool made = name.starts_with('/') && look.exists(name);
    for (const auto* folder : {"/usr/local/sbin/", "/usr/local/bin/", "/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"})
      made = made || (!name.starts_with('/') && look.exists(folder + name));
    if (made && (!allowed || allowed->value == "true")) found.push_back({"LightDM", allowed ? allowed->origin : "allow-guest"});
  }
  return concluded(look, std::move(found), "display managers");
}

}  // namespace gokajo::collectors
