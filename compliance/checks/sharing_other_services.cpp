#include "compliance/checks.h"
#include "compliance/offers.h"
#include "compliance/windows_sharing.h"

namespace gokajo::compliance {
namespace {

constexpr const char* kId = "sharing.other-services";

// What was found over all services; the worst decides.
struct Found {
  std::vector<Parameters> open, asked;
  std::optional<Finding> unread;
  bool any = false;
  bool meant = false;       // for the whole network, by a person's answer
  std::size_t refused = 0;  // of `open`: not meant so, by a person's answer
};

Parameters item(std::string name, const char* service, std::string where) {
  return {{"name", Name{std::move(name)}}, {"service", Name{service}}, {"where", Name{std::move(where)}}};
}

// Adds a share by who gets in without a password: everybody is open, a network is asked about once.
void add(Found& found, const Evidence& evidence, Clients clients, Parameters one, const std::string& name, Time now) {
  if (clients == Clients::machines) return;
  if (clients == Clients::everybody) {
    found.open.push_back(std::move(one));
    return;
  }
  const auto* answer = declared(evidence, kId, name, now);
  if (!answer || (answer->answer != "yes" && answer->answer != "no")) {
    found.asked.push_back(std::move(one));
  } else if (answer->answer == "no") {
    found.open.push_back(std::move(one));
    ++found.refused;
  } else {
    found.meant = true;
  }
}

void nfs(Found& found, const Evidence& evidence, Time now) {
  const auto& exports = evidence.sharing.nfs;
  const auto offer = offer_of(evidence.sharing, {2049}, {"ganesha.nfsd"});
  if (!offer.offered) return;
  found.any = true;
  if (offer.reach == Reach::nobody) return;
  if (!exports || (exports->empty() && offer.program == "ganesha.nfsd")) {
    found.unread = exports ? unknown("other-server", exports.observed_at, {{"program", Name{offer.program}}}) : unmeasured(exports);
    return;
  }
  for (const auto& one : *exports) {
    if (one.kerberos) continue;
    if (offer.reach == Reach::not_known && one.clients != Clients::machines)
      found.unread = unmeasured(evidence.sharing.packet_filter);
    else
      add(found, evidence, one.clients, item(one.path, "NFS", one.defined_in.empty() ? one.client : one.defined_in), one.path, now);
  }
}

void rsync(Found& found, const Evidence& evidence, Time now) {
  const auto& modules = evidence.sharing.rsync;
  const auto offer = offer_of(evidence.sharing, {873}, {"rsync"});
  if (!offer.offered) return;
  found.any = true;
  if (offer.reach == Reach::nobody) return;
  if (!modules) {
    found.unread = unmeasured(modules);
    return;
  }
  for (const auto& one : *modules) {
    if (one.password) continue;
    if (offer.reach == Reach::not_known && one.clients != Clients::machines)
      found.unread = unmeasured(evidence.sharing.packet_filter);
    else
      add(found, evidence, one.clients, item(one.name, "rsync", one.path), one.name, now);
  }
}

void ftp(Found& found, const Evidence& evidence) {
  const auto& server = evidence.sharing.ftp;
  const auto offer = offer_of(evidence.sharing, {21}, {"vsftpd", "proftpd", "pure-ftpd"});
  if (!offer.offered) return;
  found.any = true;
  if (offer.reach == Reach::nobody) return;
  if (!server)
    found.unread = unmeasured(server);
  else if (!server->anonymous)
    found.unread =
        unknown("anonymous-not-said", server.observed_at, {{"program", Name{server->program}}, {"where", Name{server->defined_in}}});
  else if (*server->anonymous && offer.reach == Reach::not_known)
    found.unread = unmeasured(evidence.sharing.packet_filter);
  else if (*server->anonymous)
    found.open.push_back(item(server->program, "FTP", server->defined_in));
}

void printers(Found& found, const Evidence& evidence, Time now) {
  const auto& shared = evidence.sharing.shared_printers;
  const auto offer = offer_of(evidence.sharing, {631}, {"cupsd"});
  if (!offer.offered) return;
  found.any = true;
  if (offer.reach == Reach::nobody) return;
  if (!shared) {
    found.unread = unmeasured(shared);
    return;
  }
  for (const auto& name : *shared) {
    if (offer.reach == Reach::not_known)
      found.unread = unmeasured(evidence.sharing.packet_filter);
    else
      add(found, evidence, Clients::network, item(name, "CUPS", "/etc/cups/printers.conf"), name, now);
  }
}

// What rests on a person's answer says so.
Finding conclude_from(Found found, Time at) {
  if (!found.open.empty()) {
    const bool by_answers = found.refused == found.open.size();
    auto finding = fail("open-without-password", at, {}, std::move(found.open));
    finding.declared = by_answers;
    return finding;
  }
  if (found.unread) return *found.unread;
  if (!found.asked.empty()) return ask("for-the-network", at, {}, std::move(found.asked));
  auto finding = pass("restricted", at);
  finding.declared = found.meant;
  return finding;
}

Finding judge_windows(const Evidence& evidence, Time now) {
  const auto& sharing = evidence.sharing;
  if (auto finding = windows_shares_not_judged(evidence); finding && finding->verdict == Verdict::unknown) return *finding;
  if (!sharing.windows_services) return unmeasured(sharing.windows_services);
  const auto at = sharing.windows_services.observed_at;
  Found found;
  if (sharing.windows_shares)
    for (const auto& share : *sharing.windows_shares) {
      if (!share.printer) continue;
      found.any = true;
      const auto guest = guest_enters(sharing.windows_guest);
      if (!guest)
        found.unread = unmeasured(sharing.windows_guest);
      else if (*guest)
        add(found, evidence, Clients::network, item(share.name, "Windows", share.path), share.name, now);
    }
  for (const auto& [service, program] : {std::pair("FTPSVC", "FTP (IIS)"), std::pair("NfsService", "NFS (Windows Server)")}) {
    if (!service_runs(evidence, service)) continue;
    found.any = true;
    found.unread = unknown("windows-server", at, {{"program", Name{program}}});
  }
  if (!found.any) return not_applicable("nothing-offered", at);
  return conclude_from(std::move(found), at);
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time now) {
  if (on_windows(evidence)) return judge_windows(evidence, now);
  const auto& sockets = evidence.sharing.sockets;
  if (!sockets) return unmeasured(sockets);
  Found found;
  nfs(found, evidence, now);
  rsync(found, evidence, now);
  ftp(found, evidence);
  printers(found, evidence, now);
  if (!found.any) return not_applicable("nothing-offered", sockets.observed_at);
  return conclude_from(std::move(found), sockets.observed_at);
}

}  // namespace

// NFS, rsync and anonymous FTP know no passwords unless told to, so whom they are given to decides; Kerberos and auth users count as
// passwords.
const Check sharing_other_services{.id = "sharing.other-services", .judge = judge};

}  // namespace gokajo::compliance
