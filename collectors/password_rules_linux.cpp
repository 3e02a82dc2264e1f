/// \file
/// The rule for new passwords: every way through the password stack of each service that changes one, and what the modules on it demand.
/// Length is compared with what real programs take in tests/truth/pam.
#include <algorithm>
#include <array>

#include "collectors/parse/lines.h"
#include "collectors/parse/passwdqc.h"
#include "collectors/parse/pwquality.h"
#include "collectors/passwords.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Device, compliance::PasswordRule;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile, platform::Result;

namespace {

/// What one module demands of a new password.
struct Demand {
  std::optional<std::int64_t> shortest = 1;  ///< absent: it takes none
  bool set = false;
  std::string origin;
  std::int64_t kinds = 0;
  bool words_refused = false;
};

bool is_any(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool asks_for_password(std::string_view module) {
  return is_any(module, {"pam_pwquality.so", "pam_cracklib.so", "pam_passwdqc.so", "pam_pwhistory.so"});
}

/// Modules that change another store's password, or none: they make no demand on the local one.
bool makes_no_demand(std::string_view module) {
  return is_any(module,
                {"pam_gnome_keyring.so", "pam_kwallet.so", "pam_kwallet5.so", "pam_ecryptfs.so", "pam_mount.so", "pam_cap.so", "pam_env.so",
                 "pam_sss.so", "pam_krb5.so", "pam_winbind.so", "pam_ldap.so", "pam_echo.so", "pam_smbpass.so", "pam_systemd_home.so",
                 "pam_selinux.so", "pam_succeed_if.so", "pam_himmelblau.so", "pam_fprintd.so", "pam_warn.so"});
}

/// Debian's build of pam_unix has a minimum of 6 where none is given (pam_unix(8) of Debian and Ubuntu); upstream has none.
bool has_debian_pam(const Device& device) {
  if (!device.os) return false;
  const auto& os = *device.os;
  const auto like = [&](std::string_view id) {
    return os.id == id || std::find(os.id_like.begin(), os.id_like.end(), id) != os.id_like.end();
  };
  return like("debian") || like("ubuntu");
}

class Demands {
 public:
  Demands(const Host& host, bool debian) : host_(host), debian_(debian) {}

  Result<Demand> of(const PamEntry& entry) {
    const auto& module = entry.line.module;
    if (module == "pam_unix.so") return of_unix(entry);
    if (module == "pam_pwquality.so") return of_pwquality(entry);
    if (module == "pam_cracklib.so") return of_cracklib(entry);
    if (module == "pam_passwdqc.so") return of_passwdqc(entry);
    return Demand{};
  }

 private:
  Demand of_unix(const PamEntry& entry) const {
    Demand demand;
    demand.origin = entry.origin();
    const auto given = parse::number(parse::pam_value(entry.line, "minlen", ""));
    demand.set = given.value_or(0) > 0;
    demand.shortest = std::max<std::int64_t>(given.value_or(debian_ ? 6 : 1), 1);  // an empty one is refused in any case
    return demand;
  }

  Result<Demand> of_pwquality(const PamEntry& entry) {
    auto settings = pwquality_files();
    if (!settings) return settings.error();
    for (const auto& argument : entry.line.arguments) {
      const auto equals = argument.find('=');
      // A name it does not know is logged and skipped here.
      set_pwquality(*settings, argument.substr(0, equals), equals == std::string::npos ? "" : argument.substr(equals + 1), entry.origin());
    }
    if (!settings->enforcing) return Demand{.shortest = 1, .origin = entry.origin()};
    const auto from = settings->minlen_from == "built-in" ? entry.origin() : settings->minlen_from;
    return Demand{shortest_taken(*settings), true, from, kinds_demanded(*settings), settings->dictcheck};
  }

  // pam_cracklib(8) of Linux-PAM 1.3.1: minlen 9 with a credit of 1 for each kind, no files; 6 at the least by cracklib itself.
  Demand of_cracklib(const PamEntry& entry) const {
    parse::PwqualitySettings settings{.minlen = 9, .credits = {1, 1, 1, 1}};
    for (const auto& argument : entry.line.arguments) {
      const auto equals = argument.find('=');
      if (equals != std::string::npos) set_pwquality(settings, argument.substr(0, equals), argument.substr(equals + 1), entry.origin());
    }
    return {shortest_taken(settings), true, entry.origin(), kinds_demanded(settings), true};
  }

  Result<Demand> of_passwdqc(const PamEntry& entry) const {
    parse::PasswdqcSettings settings;
    for (const auto& argument : entry.line.arguments) {
      if (!set_passwdqc(settings, argument, entry.origin())) return Demand{.shortest = std::nullopt, .set = true, .origin = entry.origin()};
      if (!settings.config) continue;
      const auto file = ask(host_, ReadFile{.path = *settings.config});
      settings.config.reset();
      if (!file) return file.error();
      if (!parse_passwdqc(file->bytes.data, file.source, settings))
        return Demand{.shortest = std::nullopt, .set = true, .origin = file.source};
    }
    if (!settings.enforced) return Demand{.shortest = 1, .origin = entry.origin()};
    const auto from = settings.min_from == "built-in" ? entry.origin() : settings.min_from;
    return Demand{shortest_taken(settings), true, from, kinds_demanded(settings), true};
  }

  // Drop-ins *.conf of all folders merged by name, then the main file; a refused line ends it all
  // (tests/truth/pam/stacks/pwquality-bad-drop-in).
  Result<parse::PwqualitySettings> pwquality_files() {
    if (files_) return *files_;
    std::map<std::string, std::string> drop_ins;
    for (const std::string folder :
         {"/usr/lib/security/pwquality.conf.d", "/usr/etc/security/pwquality.conf.d", "/etc/security/pwquality.conf.d"}) {
      const auto listed = ask(host_, ListDirectory{.path = folder});
      if (!listed && listed.error().kind != ErrorKind::not_found) return listed.error();
      if (listed)
        for (const auto& entry : listed->entries)
          if (entry.name.ends_with(".conf") && entry.name.size() > 5) drop_ins[entry.name] = folder + "/" + entry.name;
    }
    std::vector<std::string> paths;
    for (const auto& [name, path] : drop_ins) paths.push_back(path);
    paths.emplace_back("/etc/security/pwquality.conf");
    parse::PwqualitySettings settings;
    for (const auto& path : paths) {
      const auto file = ask(host_, ReadFile{.path = path});
      if (!file && file.error().kind != ErrorKind::not_found) return file.error();
      if (file && !parse_pwquality(file->bytes.data, path, settings)) break;
    }
    files_ = settings;
    return settings;
  }

  const Host& host_;
  bool debian_;
  std::optional<parse::PwqualitySettings> files_;
};

/// What a module may return while a person with a local account changes the password.
std::vector<std::string_view> returns_of(const PamEntry& entry) {
  const auto& module = entry.line.module;
  if (module == "pam_permit.so" || module == "pam_localuser.so") return {"success"};
  if (module == "pam_deny.so" || module == "pam_rootok.so") return {"authtok_err"};
  if (module == "pam_unix.so" || asks_for_password(module)) return {"success", "authtok_err"};
  if (is_any(module, {"pam_sss.so", "pam_krb5.so", "pam_winbind.so", "pam_ldap.so", "pam_systemd_home.so"}))
    return {"user_unknown", "authinfo_unavail", "ignore"};
  return {"success", "authtok_err", "ignore"};
}

/// The rule of one way through, or nullopt when it changes no local password.
Result<std::optional<PasswordRule>> rule_of(const PamPath& path, Demands& demands) {
  if (!path.success) return std::optional<PasswordRule>{};
  PasswordRule rule;
  std::int64_t shortest = 1;
  bool changes = false, asked = false;
  for (const auto& step : path.steps) {
    const auto& line = step.entry->line;
    const bool asks = asks_for_password(line.module);
    if (line.module != "pam_unix.so" && !asks && returns_of(*step.entry).size() == 3 && !makes_no_demand(line.module))
      rule.unknown_modules.push_back(line.module);
    if (step.returned != "success" || (line.module != "pam_unix.so" && !asks)) continue;
    // use_authtok takes the password another module asked for, and fails without one.
    if (parse::pam_has(line, "use_authtok") && !asked) return std::optional<PasswordRule>{};
    asked = true;
    changes = changes || line.module == "pam_unix.so";
    const auto demand = demands.of(*step.entry);
    if (!demand) return demand.error();
    if (!demand->shortest) return std::optional<PasswordRule>{};
    if (*demand->shortest > shortest || (*demand->shortest == shortest && !rule.set)) {
      shortest = *demand->shortest;
      if (!demand->origin.empty()) rule.origin = demand->origin;
    }
    rule.set = rule.set || demand->set;
    rule.kinds = std::max(rule.kinds, demand->kinds);
    rule.words_refused = rule.words_refused || demand->words_refused;
  }
  if (!changes) return std::optional<PasswordRule>{};
  rule.shortest = shortest;
  return std::optional{std::move(rule)};
}

/// The weakest of all ways.
Result<PasswordRule> weakest_rule(const PamStack& stack, Demands& demands) {
  const auto paths = pam_paths(stack, returns_of);
  if (!paths) return Error{ErrorKind::too_large, "more ways through the stack than can be looked at"};
  std::optional<PasswordRule> weakest;
  for (const auto& path : *paths) {
    auto rule = rule_of(path, demands);
    if (!rule) return rule.error();
    if (!*rule) continue;
    if (!weakest) {
      weakest = std::move(*rule);
      continue;
    }
    const auto kinds = std::min(weakest->kinds, (*rule)->kinds);
    const bool words = weakest->words_refused && (*rule)->words_refused;
    const bool shorter =
        *(*rule)->shortest < *weakest->shortest || (*(*rule)->shortest == *weakest->shortest && !(*rule)->set && weakest->set);
    if (shorter) weakest = std::move(*rule);
    weakest->kinds = kinds;
    weakest->words_refused = words;
  }
  return weakest.value_or(PasswordRule{});
}

}  // namespace

PasswordRules collect_password_rules_linux(const Host& host, PamReader& pam, const Device& device) {
  using Rules = std::map<std::string, PasswordRule>;
  const std::string source = "/etc/pam.d";
  const auto absent = [&](const Error& error) { return compliance::no_fact<Rules>(error, source, pam.observed_at()); };
  Demands demands(host, has_debian_pam(device));
  Rules rules;
  auto services = sign_in_services();
  services.insert(services.begin(), "passwd");
  for (const auto& service : services) {
    // A service without a file has no program here; passwd without one is served by "other".
    const auto has = pam.has(service);
    if (!has) return absent(has.error());
    if (!*has && service != "passwd") continue;
    const auto stack = pam.stack(service, "password");
    if (!stack && stack.error().kind == ErrorKind::not_found && service != "passwd") continue;
    if (!stack) return absent(stack.error());
    auto rule = weakest_rule(*stack, demands);
    if (!rule) return absent(rule.error());
    rules.emplace(service, std::move(*rule));
  }
  if (!device.os) return absent({device.os.absent, "the system's name, which decides pam_unix's own minimum: " + device.os.detail});
  return compliance::fact(std::move(rules), source, pam.observed_at());
}

}  // namespace gokajo::collectors
