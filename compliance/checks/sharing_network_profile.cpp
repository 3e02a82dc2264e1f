#include <algorithm>
#include <array>

#include "compliance/checks.h"
#include "compliance/offers.h"
#include "compliance/windows_remote_desktop.h"
#include "compliance/windows_sharing.h"

namespace gokajo::compliance {
namespace {

// FTP, telnet, NetBIOS, SMB, AFP, printing, rsync, NFS, remote desktop, DLNA; VNC has 5900 to 5909.
constexpr std::array<std::int64_t, 11> kSharingPorts = {21, 23, 139, 445, 548, 631, 873, 2049, 3389, 8200, 5357};
constexpr std::array<std::string_view, 6> kSharingPrograms = {"smbd", "vsftpd", "proftpd", "rsync", "ganesha.nfsd", "cupsd"};

bool shares(const OpenSocket& socket) {
  if (socket.protocol != "tcp") return false;
  if (socket.port >= 5900 && socket.port <= 5909) return true;
  return std::find(kSharingPorts.begin(), kSharingPorts.end(), socket.port) != kSharingPorts.end() ||
         std::find(kSharingPrograms.begin(), kSharingPrograms.end(), file_name(socket.program)) != kSharingPrograms.end();
}

// A network this PC has not met is a public one until somebody says otherwise.
Finding judge_windows(const Evidence& evidence) {
  const auto& sharing = evidence.sharing;
  if (auto finding = windows_shares_not_judged(evidence); finding && finding->verdict == Verdict::unknown) return *finding;
  std::vector<Parameters> files, desktop;
  if (sharing.windows_shares)
    for (const auto& share : *sharing.windows_shares) files.push_back({{"name", Name{share.name}}});
  const auto remote = remote_desktop_of(evidence);
  if (remote == RemoteDesktop::on) desktop.push_back({{"name", Name{"Remote Desktop (3389/tcp)"}}});
  const auto& firewall = sharing.windows_firewall;
  const auto at = sharing.windows_shares ? sharing.windows_shares.observed_at : sharing.windows_services.observed_at;
  if (files.empty() && desktop.empty() && remote == RemoteDesktop::off) return not_applicable("nothing-shared", at);
  if (!firewall) return unmeasured(firewall);
  const auto profile =
      std::find_if(firewall->begin(), firewall->end(), [](const auto& one) { return one.profile == FirewallProfile::public_network; });
  if (profile == firewall->end()) return unknown("rules-unclear", at);
  const auto file_door = files.empty() ? Door::shut : door_of(evidence, *profile, profile->file_sharing);
  const auto desktop_door = desktop.empty() ? Door::shut : door_of(evidence, *profile, profile->remote_desktop);
  std::vector<Parameters> open;
  if (file_door == Door::open) open.insert(open.end(), files.begin(), files.end());
  if (desktop_door == Door::open) open.insert(open.end(), desktop.begin(), desktop.end());
  if (!open.empty()) return fail(profile->in_use ? "open-here" : "open-elsewhere", at, {}, std::move(open));
  if (remote == RemoteDesktop::not_known) return remote_desktop_unread(evidence);
  if (!sharing.windows_services) return unmeasured(sharing.windows_services);
  if (file_door == Door::unclear || desktop_door == Door::unclear) return unknown("windows-rules-unclear", at);
  return pass("closed-elsewhere", at);
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (on_windows(evidence)) return judge_windows(evidence);
  const auto& sockets = evidence.sharing.sockets;
  if (!sockets) return unmeasured(sockets);
  std::vector<const OpenSocket*> open, unclear;
  bool any = false, unread = false;
  for (const auto& socket : *sockets) {
    if (!shares(socket)) continue;
    any = true;
    if (socket.reach_elsewhere == Reach::everyone) open.push_back(&socket);
    if (socket.reach_elsewhere == Reach::some) unclear.push_back(&socket);
    unread = unread || socket.reach_elsewhere == Reach::not_known;
  }
  if (!any) return not_applicable("nothing-shared", sockets.observed_at);
  if (!open.empty()) return fail("open-elsewhere", sockets.observed_at, {}, socket_items(open));
  if (unread) return unmeasured(evidence.sharing.packet_filter);
  if (!unclear.empty()) return unknown("rules-unclear", sockets.observed_at, {}, socket_items(unclear));
  return pass("closed-elsewhere", sockets.observed_at);
}

}  // namespace

// Rules that name the office's addresses, or a zone bound to its connection, close a share on other networks; rules for everybody do not.
const Check sharing_network_profile{.id = "sharing.network-profile", .judge = judge};

}  // namespace gokajo::compliance
