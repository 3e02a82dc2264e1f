/// \file
/// Locking after wrong passwords: pam_faillock(8), which counts only where it stands in the auth stack; faillock.conf(5) alone does
/// nothing.
#include <algorithm>

#include "collectors/parse/lines.h"
#include "collectors/passwords.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Lockout;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::ReadFile, platform::Result;

namespace {

constexpr const char* kConfig = "/etc/security/faillock.conf";

bool is_faillock(const PamEntry& entry, std::string_view step) {
  return entry.line.module == "pam_faillock.so" && parse::pam_has(entry.line, step);
}

/// Other modules that count attempts: we do not know their rules.
bool counts_otherwise(std::string_view module) {
  return module == "pam_tally.so" || module == "pam_tally2.so" || module == "pam_abl.so" || module == "pam_shield.so";
}

/// What modules return to a person who types a password: pam_unix says `password`, pam_faillock at its first place `locked`.
PamReturns returns_when(std::string_view password, std::string_view locked) {
  return [=](const PamEntry& entry) -> std::vector<std::string_view> {
    const auto& module = entry.line.module;
    if (module == "pam_unix.so") return {password};
    if (is_faillock(entry, "preauth")) return {locked};
    if (is_faillock(entry, "authfail")) return {"auth_err"};
    if (module == "pam_deny.so" || module == "pam_rootok.so") return {"auth_err"};
    if (module == "pam_permit.so" || module == "pam_localuser.so" || module == "pam_faillock.so") return {"success"};
    if (module == "pam_sss.so" || module == "pam_krb5.so" || module == "pam_winbind.so" || module == "pam_ldap.so" ||
        module == "pam_systemd_home.so")
      return {"user_unknown"};
    return {"success", "auth_err"};
  };
}

bool reaches_unix(const PamPath& path) {
  return std::any_of(path.steps.begin(), path.steps.end(), [](const auto& step) { return step.entry->line.module == "pam_unix.so"; });
}

/// Every way on which pam_unix refuses goes on to pam_faillock's counting.
const PamEntry* counter_of(const std::vector<PamPath>& paths) {
  const PamEntry* counter = nullptr;
  bool refused = false;
  for (const auto& path : paths) {
    bool unix_seen = false;
    const PamEntry* here = nullptr;
    for (const auto& step : path.steps) {
      unix_seen = unix_seen || step.entry->line.module == "pam_unix.so";
      if (unix_seen && is_faillock(*step.entry, "authfail")) here = step.entry;
    }
    if (!unix_seen) continue;
    refused = true;
    if (!here) return nullptr;
    counter = here;
  }
  return refused ? counter : nullptr;
}

/// Settings of the counting line: its arguments, then the file (pam_faillock(8): options on the line override it), then the default 3.
Result<std::int64_t> attempts_of(const Host& host, const PamEntry& counter, std::string& origin) {
  if (!parse::pam_value(counter.line, "conf", "").empty()) return Error{ErrorKind::unsupported, counter.origin() + ": a file of its own"};
  origin = counter.origin();
  if (const auto given = parse::number(parse::pam_value(counter.line, "deny", ""))) return *given;
  const auto file = ask(host, ReadFile{.path = kConfig});
  if (!file && file.error().kind != ErrorKind::not_found) return file.error();
  std::int64_t attempts = 3;
  std::int64_t at = 0;
  if (file)
    for (const auto raw : parse::lines(file->bytes.data)) {
      ++at;
      const auto line = parse::trimmed(raw.substr(0, raw.find('#')));
      const auto equals = line.find('=');
      if (equals == std::string_view::npos || parse::trimmed(line.substr(0, equals)) != "deny") continue;
      if (const auto value = parse::number(parse::trimmed(line.substr(equals + 1)))) {
        attempts = *value;
        origin = std::string(kConfig) + ":" + std::to_string(at);
      }
    }
  return attempts;
}

Result<Lockout> lockout_of(const Host& host, const PamStack& stack) {
  Lockout lockout;
  for (const auto& entry : stack)
    if (counts_otherwise(entry.line.module)) lockout.unknown_modules.push_back(entry.line.module);
  const auto wrong = pam_paths(stack, returns_when("auth_err", "success"));
  const auto locked = pam_paths(stack, returns_when("success", "auth_err"));
  if (!wrong || !locked) return Error{ErrorKind::too_large, "more ways through the stack than can be looked at"};
  const auto* counter = counter_of(*wrong);
  if (!counter) return lockout;
  // A lock that is counted and then lets the right password in all the same is none.
  for (const auto& path : *locked)
    if (path.success && reaches_unix(path)) return lockout;
  const auto attempts = attempts_of(host, *counter, lockout.origin);
  if (!attempts) return attempts.error();
  if (*attempts > 0) lockout.attempts = *attempts;  // deny=0: never
  return lockout;
}

}  // namespace

compliance::Fact<std::map<std::string, Lockout>> collect_lockouts_linux(const Host& host, PamReader& pam) {
  using Lockouts = std::map<std::string, Lockout>;
  const auto absent = [&](const Error& error) { return compliance::no_fact<Lockouts>(error, "/etc/pam.d", pam.observed_at()); };
  Lockouts lockouts;
  for (const auto& service : sign_in_services()) {
    // su asks for another account's password from within: no sign-in of its own.
    if (service == "su" || service == "su-l") continue;
    const auto has = pam.has(service);
    if (!has) return absent(has.error());
    if (!*has) continue;
    const auto stack = pam.stack(service, "auth");
    if (!stack && stack.error().kind == ErrorKind::not_found) continue;
    if (!stack) return absent(stack.error());
    auto lockout = lockout_of(host, *stack);
    if (!lockout) return absent(lockout.error());
    lockouts.emplace(service, std::move(*lockout));
  }
  if (lockouts.empty()) return absent({ErrorKind::not_found, "no service to sign in with"});
  return compliance::fact(std::move(lockouts), "/etc/pam.d", pam.observed_at());
}

}  // namespace gokajo::collectors
