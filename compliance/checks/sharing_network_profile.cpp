#include <algorithm>
#include <array>

#include "compliance/checks.h"
#include "compliance/offers.h"

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

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
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
