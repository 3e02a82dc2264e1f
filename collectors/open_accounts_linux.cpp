/// \file
/// Accounts that somebody can open without a password: an empty field in shadow(5) that some stack admits (pam_unix nullok), or a stack
/// that lets an account in by itself (group nopasswdlogin of GDM and LightDM).
#include <algorithm>
#include <set>

#include "collectors/accounts.h"
#include "collectors/parse/lines.h"
#include "collectors/passwords.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::OpenAccount;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::ReadFile;

namespace {

struct Person {
  Account account;
  bool blank = false;
  std::vector<std::string> groups;
};

/// pam_succeed_if(8) of Linux-PAM 1.5.2, the tests whose answer follows from the account: uid, user, ingroup. nullopt: another one.
std::optional<bool> succeeds_if(const parse::PamLine& line, const Person& person) {
  std::vector<std::string> words;
  for (const auto& argument : line.arguments)
    if (argument != "quiet" && argument != "quiet_success" && argument != "quiet_fail" && argument != "use_uid" && argument != "audit" &&
        argument != "debug")
      words.push_back(argument);
  if (parse::pam_has(line, "use_uid") || words.empty() || words.size() % 3 != 0) return std::nullopt;
  for (std::size_t i = 0; i < words.size(); i += 3) {
    const auto &left = words[i], &test = words[i + 1], &right = words[i + 2];
    const auto value = parse::number(right);
    const bool member = std::find(person.groups.begin(), person.groups.end(), right) != person.groups.end();
    bool holds = false;
    if (left == "user" && test == "ingroup")
      holds = member;
    else if (left == "user" && test == "notingroup")
      holds = !member;
    else if (left == "user" && (test == "=" || test == "=="))
      holds = person.account.name == right;
    else if (left == "user" && test == "!=")
      holds = person.account.name != right;
    else if (left == "uid" && value && (test == "eq" || test == "="))
      holds = person.account.uid == *value;
    else if (left == "uid" && value && test == "ne")
      holds = person.account.uid != *value;
    else if (left == "uid" && value && (test == "ge" || test == ">="))
      holds = person.account.uid >= *value;
    else if (left == "uid" && value && (test == "gt" || test == ">"))
      holds = person.account.uid > *value;
    else if (left == "uid" && value && (test == "lt" || test == "<"))
      holds = person.account.uid < *value;
    else if (left == "uid" && value && (test == "le" || test == "<="))
      holds = person.account.uid <= *value;
    else
      return std::nullopt;
    if (!holds) return false;
  }
  return true;
}

bool always_lets_pass(std::string_view module) {
  static const std::set<std::string_view> modules = {"pam_permit.so", "pam_localuser.so",     "pam_nologin.so", "pam_securetty.so",
                                                     "pam_env.so",    "pam_selinux.so",       "pam_group.so",   "pam_faildelay.so",
                                                     "pam_cap.so",    "pam_gnome_keyring.so", "pam_kwallet.so", "pam_kwallet5.so",
                                                     "pam_shells.so", "pam_loginuid.so",      "pam_mount.so",   "pam_ecryptfs.so",
                                                     "pam_warn.so",   "pam_echo.so",          "pam_umask.so",   "pam_limits.so"};
  return modules.contains(module);
}

/// Modules that want something else of the person (a finger, a key, a password of another store), which a stranger does not have.
bool wants_proof(std::string_view module) {
  static const std::set<std::string_view> modules = {
      "pam_fprintd.so", "pam_u2f.so",         "pam_pkcs11.so",       "pam_sss.so",        "pam_krb5.so",
      "pam_winbind.so", "pam_ldap.so",        "pam_systemd_home.so", "pam_himmelblau.so", "pam_google_authenticator.so",
      "pam_yubico.so",  "pam_radius_auth.so", "pam_deny.so",         "pam_rootok.so",     "pam_wheel.so"};
  return modules.contains(module);
}

/// What modules return to somebody who types nothing for this account; what we do not know may go either way.
PamReturns returns_to_nothing(const Person& person) {
  return [&person](const PamEntry& entry) -> std::vector<std::string_view> {
    const auto& line = entry.line;
    if (line.module == "pam_unix.so") {
      const bool admitted = person.blank && (parse::pam_has(line, "nullok") || parse::pam_has(line, "nullok_secure"));
      return {admitted ? "success" : "auth_err"};
    }
    if (line.module == "pam_faillock.so") return {parse::pam_has(line, "authfail") ? "auth_err" : "success"};
    if (always_lets_pass(line.module)) return {"success"};
    if (wants_proof(line.module)) return {"auth_err"};
    if (line.module == "pam_succeed_if.so")
      if (const auto holds = succeeds_if(line, person)) return {*holds ? "success" : "auth_err"};
    return {"auth_err", "success"};
  };
}

enum class Admission { no, maybe, yes };

Admission admission(const std::vector<PamPath>& paths, bool blank) {
  const auto lets_in = [&](const PamPath& path) {
    if (!path.success) return false;
    // Somebody with a real password is not let in by a module we know nothing of: it may well ask for one.
    return !blank || std::any_of(path.steps.begin(), path.steps.end(), [](const auto& step) {
      return step.returned == "success" && (step.entry->line.module == "pam_unix.so" || step.entry->line.module == "pam_permit.so" ||
                                            step.entry->line.module == "pam_succeed_if.so");
    });
  };
  const auto admitted = std::count_if(paths.begin(), paths.end(), lets_in);
  if (admitted == 0) return Admission::no;
  return admitted == static_cast<std::ptrdiff_t>(paths.size()) ? Admission::yes : Admission::maybe;
}

bool expired(std::string_view day, platform::Time now) {
  const auto value = parse::number(day);
  return value && std::chrono::sys_days(std::chrono::days(*value)) <= std::chrono::floor<std::chrono::days>(now);
}

/// Services at the PC itself: sshd refuses blank passwords by itself (sshd_config(5) PermitEmptyPasswords) and is looked at under sharing.
std::vector<std::string> services_here() {
  auto services = sign_in_services();
  std::erase_if(services, [](const auto& service) { return service == "sshd" || service == "su" || service == "su-l"; });
  return services;
}

}  // namespace

compliance::Fact<std::vector<OpenAccount>> collect_open_accounts_linux(const Host& host, PamReader& pam) {
  using Accounts = std::vector<OpenAccount>;
  const auto passwd = ask(host, ReadFile{.path = "/etc/passwd"});
  if (!passwd) return unavailable<Accounts>(passwd);
  const auto group = ask(host, ReadFile{.path = "/etc/group"});
  if (!group) return unavailable<Accounts>(group);
  const auto shadow = ask(host, ReadFile{.path = "/etc/shadow", .reducer = "shadow"});
  if (!shadow) return unavailable<Accounts>(shadow);
  const auto absent = [&](const Error& error) { return compliance::no_fact<Accounts>(error, "/etc/pam.d", pam.observed_at()); };

  std::map<std::string, bool, std::less<>> blank;  // of accounts that have not expired
  std::set<std::string, std::less<>> gone;
  for (const auto line : parse::lines(shadow->bytes.data)) {
    const auto field = parse::fields(line, ':');
    if (field.size() < 9) return malformed<Accounts>("a line with " + std::to_string(field.size()) + " fields", shadow);
    blank[std::string(field[0])] = field[1] == "empty";
    if (expired(field[7], shadow.observed_at)) gone.emplace(field[0]);
  }
  // An empty second field in passwd(5) means no password, whatever shadow says.
  for (const auto line : parse::lines(passwd->bytes.data)) {
    const auto field = parse::fields(line, ':');
    if (field.size() == 7 && field[1].empty()) blank[std::string(field[0])] = true;
  }

  std::vector<std::pair<std::string, PamStack>> stacks;
  for (const auto& service : services_here()) {
    const auto has = pam.has(service);
    if (!has) return absent(has.error());
    if (!*has) continue;
    auto stack = pam.stack(service, "auth");
    if (!stack && stack.error().kind == ErrorKind::not_found) continue;
    if (!stack) return absent(stack.error());
    stacks.emplace_back(service, std::move(*stack));
  }
  if (stacks.empty()) return absent({ErrorKind::not_found, "no service to sign in with"});

  const auto groups = parse_group(group->bytes.data);
  Accounts open;
  for (auto& account : parse_passwd(passwd->bytes.data)) {
    if (!can_sign_in(account) || gone.contains(account.name)) continue;
    Person person{account, blank.contains(account.name) && blank[account.name], {}};
    if (!person.blank && !is_person(account)) continue;
    for (const auto& one : groups)
      if (one.gid == account.gid || std::find(one.members.begin(), one.members.end(), account.name) != one.members.end())
        person.groups.push_back(one.name);
    OpenAccount found{account.name, person.blank, false, {}};
    for (const auto& [service, stack] : stacks) {
      const auto paths = pam_paths(stack, returns_to_nothing(person));
      if (!paths) return absent({ErrorKind::too_large, service + ": more ways through the stack than can be looked at"});
      const auto admitted = admission(*paths, person.blank);
      // With a real password only what is certain counts: a module we do not know asks for something.
      if (admitted == Admission::no || (!person.blank && admitted == Admission::maybe)) continue;
      found.certain = found.certain || admitted == Admission::yes;
      found.services.push_back(service);
    }
    if (!found.services.empty()) open.push_back(std::move(found));
  }
  return observed(std::move(open), shadow);
}

}  // namespace gokajo::collectors
