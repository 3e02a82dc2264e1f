#include <algorithm>

#include "collectors/firewall.h"
#include "collectors/samba.h"
#include "collectors/sharing.h"
#include "collectors/ssh.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::OpenSocket, compliance::Sharing;

namespace {

const OpenSocket* waiting_on(const Sharing& sharing, std::initializer_list<std::int64_t> ports, std::string_view program) {
  for (const auto& socket : *sharing.sockets) {
    if (socket.protocol != "tcp") continue;
    if (std::find(ports.begin(), ports.end(), socket.port) != ports.end()) return &socket;
    if (socket.program.substr(socket.program.rfind('/') + 1) == program) return &socket;
  }
  return nullptr;
}

template <class T>
Fact<T> not_served(const Sharing& sharing, const char* what) {
  return compliance::no_fact<T>({platform::ErrorKind::not_found, what}, sharing.sockets.source, sharing.sockets.observed_at);
}

}  // namespace

Sharing collect_sharing_linux(const platform::Host& host) {
  Sharing sharing;
  const auto rules = read_filter_rules_linux(host);
  sharing.packet_filter = packet_filter_fact(rules);
  sharing.sockets = open_sockets(host, rules);
  if (!sharing.sockets) return sharing;  // what is served is not known, so nobody is asked about it
  using std::string, std::vector;
  sharing.samba = waiting_on(sharing, {139, 445}, "smbd") ? collect_samba_linux(host)
                                                          : not_served<compliance::Samba>(sharing, "nothing waits on port 445 or 139");
  sharing.ssh = waiting_on(sharing, {22}, "sshd") ? collect_ssh_linux(host)
                                                  : not_served<compliance::SshServer>(sharing, "no sshd waits for other machines");
  sharing.nfs = waiting_on(sharing, {2049}, "nfsd") ? collect_nfs_linux(host)
                                                    : not_served<vector<compliance::NfsExport>>(sharing, "nothing waits on port 2049");
  sharing.rsync = waiting_on(sharing, {873}, "rsync") ? collect_rsync_linux(host)
                                                      : not_served<vector<compliance::RsyncModule>>(sharing, "nothing waits on port 873");
  const auto* ftp = waiting_on(sharing, {21}, "vsftpd");
  if (ftp && !ftp->owner_known)
    sharing.ftp = compliance::no_fact<compliance::FtpServer>({platform::ErrorKind::denied, "whose FTP server it is may not be seen"},
                                                             sharing.sockets.source, sharing.sockets.observed_at);
  else
    sharing.ftp = ftp ? collect_ftp_linux(host, ftp->program) : not_served<compliance::FtpServer>(sharing, "nothing waits on port 21");
  sharing.shared_printers = waiting_on(sharing, {631}, "cupsd") ? collect_shared_printers_linux(host)
                                                                : not_served<vector<string>>(sharing, "nothing waits on port 631");
  return sharing;
}

}  // namespace gokajo::collectors
