#include <algorithm>
#include <set>

#include "collectors/accounts.h"
#include "collectors/dconf.h"
#include "collectors/parse/key_file.h"
#include "collectors/parse/lines.h"
#include "collectors/screen_locks.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::ScreenLock;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile, platform::Result;

namespace {

std::string family_of(std::string_view session) {
  for (const std::string_view prefix : {"gnome", "ubuntu"})
    if (session.starts_with(prefix)) return "gnome";
  if (session.starts_with("cinnamon")) return "cinnamon";
  if (session.starts_with("plasma") || session.starts_with("kde")) return "kde";
  return std::string(session);
}

/// Values by path or key.
using Values = std::map<std::string, std::string, std::less<>>;

/// Defaults that a distribution lays over the schema: *.gschema.override by name, glib-compile-schemas(1). Groups with a desktop's name
/// ("[schema:ubuntu]") hold in that desktop only; which one runs is not known here, so what they name has no known default ("").
Result<Values> overridden_defaults(const Host& host) {
  Values values, of_one_desktop;
  const std::string folder = "/usr/share/glib-2.0/schemas";
  const auto listed = ask(host, ListDirectory{.path = folder});
  if (!listed && listed.error().kind == ErrorKind::not_found) return values;
  if (!listed) return listed.error();
  for (const auto& entry : listed->entries) {
    if (!entry.name.ends_with(".gschema.override")) continue;
    const auto file = ask(host, ReadFile{.path = folder + "/" + entry.name});
    if (!file) return file.error();
    for (const auto& line : parse::parse_key_file(file->bytes.data)) {
      auto schema = line.section.substr(0, line.section.find(':'));
      std::replace(schema.begin(), schema.end(), '.', '/');
      auto value = line.value;
      if (value.starts_with("uint32 ")) value = value.substr(7);
      auto& into = line.section.find(':') == std::string::npos ? values : of_one_desktop;
      into.insert_or_assign("/" + schema + "/" + line.key, value);
    }
  }
  for (const auto& [key, value] : of_one_desktop)
    if (!values.contains(key) || values[key] != value) values.insert_or_assign(key, "");
  return values;
}

/// GNOME and Cinnamon. Schema defaults of gsettings-desktop-schemas 43 and cinnamon-desktop 5.6: idle-delay 300 s (0: never), lock-enabled,
/// lock-delay 0 s, disable-lock-screen false.
class Dconf {
 public:
  explicit Dconf(const Host& host) : host_(host), system_(read_dconf_system(host)), defaults_(overridden_defaults(host)) {}

  Result<ScreenLock> lock_of(const Account& account, const std::string& desktop) const {
    if (!defaults_) return defaults_.error();
    const std::string base = desktop == "cinnamon" ? "/org/cinnamon/desktop/" : "/org/gnome/desktop/";
    std::map<std::string_view, std::string> values = {{"session/idle-delay", "300"},
                                                      {"screensaver/lock-enabled", "true"},
                                                      {"screensaver/lock-delay", "0"},
                                                      {"lockdown/disable-lock-screen", "false"}};
    std::string origin = "default";
    for (auto& [key, value] : values) {
      const auto path = base + std::string(key);
      const auto set = dconf_value(host_, system_, account, path);
      if (!set) return Error{set.absent, set.source + ": " + set.detail};
      const auto otherwise = defaults_->find(path);
      if (*set) origin = set.source;
      if (*set)
        value = **set;
      else if (otherwise != defaults_->end())
        value = otherwise->second;
      if (value.empty()) return Error{ErrorKind::unsupported, "the default depends on the desktop: " + path};
    }
    const auto idle = parse::number(values["session/idle-delay"]), delay = parse::number(values["screensaver/lock-delay"]);
    if (!idle || !delay) return Error{ErrorKind::malformed, "idle-delay or lock-delay is no number"};
    ScreenLock lock{account.name, desktop, false, std::nullopt, origin};
    lock.locks = values["screensaver/lock-enabled"] == "true" && values["lockdown/disable-lock-screen"] != "true" && *idle > 0;
    if (lock.locks) lock.seconds = *idle + *delay;
    return lock;
  }

 private:
  const Host& host_;
  Result<DconfSystem> system_;
  Result<Values> defaults_;
};

/// KDE: kscreenlockerrc [Daemon], defaults of kscreenlocker 5.27: Autolock true, Timeout 5 minutes, LockGrace 5 s. A group or key marked $i
/// in /etc/xdg cannot be overridden.
Result<ScreenLock> kde_lock_of(const Host& host, const Account& account) {
  Values values;
  std::set<std::string> fixed;
  std::string origin = "default";
  for (const bool own : {false, true}) {
    auto question = ReadFile{.path = own ? account.home + "/.config/kscreenlockerrc" : std::string("/etc/xdg/kscreenlockerrc")};
    if (own) question.as_uid = account.uid;
    const auto file = ask(host, question);
    if (!file && file.error().kind == ErrorKind::not_found) continue;
    if (!file) return Error{file.error().kind, file.source + ": " + file.error().detail};
    for (const auto& line : parse::parse_key_file(file->bytes.data)) {
      if (line.section != "Daemon" && line.section != "Daemon][$i") continue;
      const auto key = line.key.substr(0, line.key.find('['));
      if (fixed.contains(key)) continue;
      values.insert_or_assign(key, line.value);
      origin = file.source;
      if (!own && (line.section.ends_with("$i") || line.key.find("[$i]") != std::string::npos)) fixed.insert(key);
    }
  }
  const auto value = [&](const char* key, const char* otherwise) {
    const auto found = values.find(key);
    return found == values.end() ? std::string(otherwise) : found->second;
  };
  const auto minutes = parse::number(value("Timeout", "5")), grace = parse::number(value("LockGrace", "5"));
  if (!minutes || !grace) return Error{ErrorKind::malformed, "Timeout or LockGrace is no number"};
  ScreenLock lock{account.name, "kde", value("Autolock", "true") == "true" && *minutes > 0, std::nullopt, origin};
  if (lock.locks) lock.seconds = *minutes * 60 + *grace;
  return lock;
}

/// The desktop a person works with: the only one there is, or the one chosen at the sign-in screen.
Result<std::string> desktop_of(const Host& host, const Account& account, const std::vector<std::string>& desktops) {
  if (desktops.size() == 1) return desktops.front();
  const auto chosen = ask(host, ReadFile{.path = "/var/lib/AccountsService/users/" + account.name, .reducer = "session_choice"});
  if (!chosen && chosen.error().kind != ErrorKind::not_found) return chosen.error();
  std::string session;
  if (chosen)
    for (const auto& line : parse::parse_key_file(chosen->bytes.data))
      if (!line.value.empty()) session = line.value;
  if (session.empty()) return Error{ErrorKind::unsupported, "several desktops, none chosen: " + account.name};
  return family_of(session);
}

}  // namespace

Fact<std::vector<std::string>> collect_desktops_linux(const Host& host) {
  std::set<std::string> families;
  platform::Time observed_at{};
  for (const auto* folder : {"/usr/share/wayland-sessions", "/usr/share/xsessions"}) {
    const auto listed = ask(host, ListDirectory{.path = folder});
    observed_at = std::max(observed_at, listed.observed_at);
    if (!listed && listed.error().kind == ErrorKind::not_found) continue;
    if (!listed) return unavailable<std::vector<std::string>>(listed);
    for (const auto& entry : listed->entries)
      if (entry.name.ends_with(".desktop")) families.insert(family_of(entry.name.substr(0, entry.name.size() - 8)));
  }
  return compliance::fact(std::vector<std::string>(families.begin(), families.end()), "/usr/share/wayland-sessions, /usr/share/xsessions",
                          observed_at);
}

std::map<std::string, Fact<ScreenLock>> collect_screen_locks_linux(const Host& host, const std::vector<std::string>& desktops) {
  std::map<std::string, Fact<ScreenLock>> locks;
  if (desktops.empty()) return locks;
  const auto passwd = ask(host, ReadFile{.path = "/etc/passwd"});
  if (!passwd) return locks;
  Dconf dconf(host);
  for (const auto& account : parse_passwd(passwd->bytes.data)) {
    if (!is_person(account) || !can_sign_in(account)) continue;
    const auto desktop = desktop_of(host, account, desktops);
    Result<ScreenLock> lock =
        Error{ErrorKind::unsupported, "the screen lock of this desktop cannot be seen: " + (desktop ? *desktop : account.name)};
    if (!desktop)
      lock = desktop.error();
    else if (*desktop == "gnome" || *desktop == "cinnamon")
      lock = dconf.lock_of(account, *desktop);
    else if (*desktop == "kde")
      lock = kde_lock_of(host, account);
    const auto source = lock ? lock->origin : "screen lock of " + account.name;
    locks.emplace(std::to_string(account.uid), lock ? compliance::fact(*lock, source, passwd.observed_at)
                                                    : compliance::no_fact<ScreenLock>(lock.error(), source, passwd.observed_at));
  }
  return locks;
}

}  // namespace gokajo::collectors
