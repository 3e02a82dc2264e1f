#include <algorithm>
#include <set>

#include "compliance/checks.h"
#include "compliance/offers.h"
#include "compliance/windows_remote_desktop.h"
#include "compliance/windows_sharing.h"

namespace gokajo::compliance {
namespace {

constexpr const char* kId = "sharing.remote-login-restricted";

bool reachable(const Offer& offer) { return offer.offered && (offer.reach == Reach::everyone || offer.reach == Reach::some); }

// Names of those of `wanted` whom sshd lets in with a password, from anywhere.
std::vector<Parameters> password_logins(const SshServer& ssh, const std::vector<std::string>& wanted) {
  std::set<std::string> names;
  for (const auto& one : ssh.cases)
    if (one.password && std::find(wanted.begin(), wanted.end(), one.user) != wanted.end()) names.insert(one.user);
  std::vector<Parameters> items;
  for (const auto& name : names) items.push_back({{"name", Name{name}}});
  return items;
}

bool takes_empty(const SshServer& ssh) {
  return std::any_of(ssh.cases.begin(), ssh.cases.end(), [](const auto& one) { return one.empty_password; });
}

// What is wrong with sshd, whoever can reach it; nullopt when nothing is. Another server on its port (dropbear) has settings of its own;
// systemd holds the port for sshd (ssh.socket).
std::optional<Finding> ssh_problem(const Fact<SshServer>& ssh, const Offer& offer) {
  if (offer.owner_known && offer.program != "sshd" && offer.program != "systemd")
    return unknown("other-program", ssh.observed_at, {{"program", Name{offer.program.empty() ? "?" : offer.program}}});
  if (!ssh) return unmeasured(ssh);
  if (takes_empty(*ssh)) return fail("empty-passwords", ssh.observed_at, {}, {{{"name", Name{"sshd"}}}});
  if (auto items = password_logins(*ssh, ssh->administrators); !items.empty())
    return fail("administrator-password", ssh.observed_at, {}, std::move(items));
  if (!ssh->complete) return unknown("rules-not-followed", ssh.observed_at);
  return std::nullopt;
}

// Whether a screen that is shared asks for a password cannot be seen, so it is asked about once.
Finding screen_shared(const Evidence& evidence, const std::string& name, Time at, Time now) {
  const auto* answer = declared(evidence, kId, name, now);
  const bool settled = answer && (answer->answer == "yes" || answer->answer == "no");
  auto finding = !settled                  ? ask("screen-shared", at, {}, {{{"name", Name{name}}}})
                 : answer->answer == "yes" ? pass("screen-shared-meant", at, {}, {{{"name", Name{name}}}})
                                           : fail("screen-too-open", at, {}, {{{"name", Name{name}}}});
  finding.declared = settled;
  return finding;
}

// What is wrong with a remote desktop that waits; nullopt when nothing is.
std::optional<Finding> desktop_problem(const Evidence& evidence) {
  const auto& firewall = evidence.sharing.windows_firewall;
  const auto& desktop = evidence.sharing.windows_remote_desktop;
  const auto at = desktop.observed_at;
  if (!firewall) return unmeasured(firewall);
  bool open = false, open_in_public = false, unclear = false;
  for (const auto& profile : *firewall) {
    if (!profile.in_use) continue;
    const auto door = door_of(evidence, profile, profile.remote_desktop);
    open = open || door == Door::open;
    open_in_public = open_in_public || (door == Door::open && profile.profile == FirewallProfile::public_network);
    unclear = unclear || door == Door::unclear;
  }
  if (open && desktop->nla && !*desktop->nla) return fail("desktop-without-nla", at);
  if (open_in_public) return fail("desktop-in-public", at);
  if (!desktop->nla) return unknown("desktop-nla-unsaid", at);
  // Rules of its group that are off do not prove that no other rule lets it in.
  if (unclear || !*desktop->nla) return unknown("desktop-rules-unclear", at);
  return std::nullopt;
}

Finding judge_windows(const Evidence& evidence, Time now) {
  const auto& sharing = evidence.sharing;
  if (!sharing.windows_services) return unmeasured(sharing.windows_services);
  const auto at = sharing.windows_services.observed_at;
  const auto desktop = remote_desktop_of(evidence);
  std::optional<Finding> problem;
  if (desktop == RemoteDesktop::not_known) problem = remote_desktop_unread(evidence);
  if (desktop == RemoteDesktop::on) problem = desktop_problem(evidence);
  if (problem) return *problem;
  if (service_runs(evidence, "sshd")) return unknown("other-program", at, {{"program", Name{"OpenSSH (sshd)"}}});
  for (const auto& [service, program] : {std::pair("tvnserver", "TightVNC"), std::pair("uvnc_service", "UltraVNC"),
                                         std::pair("vncserver", "RealVNC"), std::pair("WinVNC4", "RealVNC")})
    if (service_runs(evidence, service)) return screen_shared(evidence, program, at, now);
  if (desktop == RemoteDesktop::off) return not_applicable("nothing-waits", at);
  return pass("desktop-with-nla", sharing.windows_remote_desktop.observed_at);
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time now) {
  if (on_windows(evidence)) return judge_windows(evidence, now);
  const auto& sharing = evidence.sharing;
  if (!sharing.sockets) return unmeasured(sharing.sockets);
  const auto at = sharing.sockets.observed_at;
  const auto ssh = offer_of(sharing, {22}, {"sshd"});
  const auto plain = offer_of(sharing, {23, 513, 514}, {"in.telnetd", "telnetd", "inetutils-telnetd"});
  const auto rdp = offer_of(sharing, {3389}, {"xrdp"});
  const auto vnc =
      offer_of(sharing, {5900, 5901, 5902, 5903}, {"x11vnc", "Xtigervnc", "Xvnc", "x0vncserver", "krfb", "wayvnc", "vino-server"});
  if (!ssh.offered && !plain.offered && !rdp.offered && !vnc.offered) return not_applicable("nothing-waits", at);
  const auto problem = ssh.offered && ssh.reach != Reach::nobody ? ssh_problem(sharing.ssh, ssh) : std::nullopt;
  if (problem && problem->verdict == Verdict::fail && reachable(ssh)) return *problem;
  if (reachable(plain)) return fail("not-encrypted", at, {}, {{{"name", Name{plain.program.empty() ? "telnet" : plain.program}}}});
  // xrdp.ini(5) knows no network level authentication; GNOME's server always asks for it.
  if (reachable(rdp) && rdp.program == "xrdp") return fail("without-nla", at, {}, {{{"name", Name{"xrdp"}}}});
  if (problem) return problem->verdict == Verdict::fail ? unmeasured(sharing.packet_filter) : *problem;
  for (const auto* other : {&plain, &rdp, &vnc})
    if (other->offered && other->reach == Reach::not_known) return unmeasured(sharing.packet_filter);
  if (reachable(rdp) && !rdp.program.starts_with("gnome-remote-de"))
    return unknown("other-program", at, {{"program", Name{rdp.program.empty() ? "?" : rdp.program}}});
  if (reachable(vnc)) return screen_shared(evidence, vnc.program.empty() ? "VNC" : vnc.program, at, now);
  if ((!ssh.offered || ssh.reach == Reach::nobody) && !reachable(rdp)) return pass("closed-by-firewall", at);
  return pass("restricted", at);
}

}  // namespace

// Administrators are those whose password opens something here: root when its password is in use, and daily accounts that may become root.
const Check sharing_remote_login_restricted{.id = "sharing.remote-login-restricted", .judge = judge};

}  // namespace gokajo::compliance
