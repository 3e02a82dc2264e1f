#include <doctest/doctest.h>

#include "tests/support/judging.h"
#include "tests/support/sharing_evidence.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

constexpr const char* kOthers = "sharing.other-services";

Evidence nfs(Clients clients, bool kerberos = false, Reach reach = Reach::everyone) {
  auto evidence = waiting({tcp_socket(2049, "", reach)});
  evidence.sharing.nfs =
      fact(std::vector<NfsExport>{{"/srv/zumen", "*", clients, true, kerberos, true, "/etc/exports:3"}}, "etab", kSeenAt);
  return evidence;
}

Evidence rsync(bool password, Clients clients) {
  auto evidence = waiting({tcp_socket(873, "/usr/bin/rsync")});
  evidence.sharing.rsync = fact(std::vector<RsyncModule>{{"kokyaku", "/srv/kokyaku", password, true, clients}}, "rsyncd.conf", kSeenAt);
  return evidence;
}

Evidence ftp(std::optional<bool> anonymous) {
  auto evidence = waiting({tcp_socket(21, "/usr/sbin/vsftpd")});
  evidence.sharing.ftp = fact(FtpServer{"vsftpd", "/etc/vsftpd.conf", anonymous}, "vsftpd.conf", kSeenAt);
  return evidence;
}

Evidence printers(std::vector<std::string> names) {
  auto evidence = waiting({tcp_socket(631, "/usr/sbin/cupsd")});
  evidence.sharing.shared_printers = fact(std::move(names), "printers.conf", kSeenAt);
  return evidence;
}

}  // namespace

TEST_CASE("NFS: everybody fails with the file and line, a network is asked about, single machines and Kerberos pass") {
  const auto open = judged(kOthers, nfs(Clients::everybody));
  CHECK(open.verdict == Verdict::fail);
  CHECK(open.items.at(0).at("name") == Parameter{Name{"/srv/zumen"}});
  CHECK(open.items.at(0).at("where") == Parameter{Name{"/etc/exports:3"}});
  CHECK(verdict_of(kOthers, nfs(Clients::network)) == Verdict::ask);
  CHECK(verdict_of(kOthers, nfs(Clients::machines)) == Verdict::pass);
  CHECK(verdict_of(kOthers, nfs(Clients::everybody, true)) == Verdict::pass);
  CHECK(verdict_of(kOthers, nfs(Clients::everybody, false, Reach::nobody)) == Verdict::pass);
  CHECK(verdict_of(kOthers, nfs(Clients::everybody, false, Reach::not_known)) == Verdict::unknown);
}

TEST_CASE("rsync, FTP and printers") {
  CHECK(verdict_of(kOthers, rsync(false, Clients::everybody)) == Verdict::fail);
  CHECK(verdict_of(kOthers, rsync(false, Clients::machines)) == Verdict::pass);
  CHECK(verdict_of(kOthers, rsync(true, Clients::everybody)) == Verdict::pass);
  CHECK(verdict_of(kOthers, ftp(true)) == Verdict::fail);
  CHECK(verdict_of(kOthers, ftp(false)) == Verdict::pass);
  CHECK(verdict_of(kOthers, ftp(std::nullopt)) == Verdict::unknown);
  CHECK(verdict_of(kOthers, printers({"uketsuke"})) == Verdict::ask);
  CHECK(verdict_of(kOthers, printers({})) == Verdict::pass);
}

TEST_CASE("an answer settles a printer for the whole office, and is shown as declared") {
  auto evidence = printers({"uketsuke"});
  evidence.declarations.push_back(
      {kOthers, "uketsuke", "yes", "tanaka", *platform::parse_time("2026-11-01"), *platform::parse_time("2027-11-01")});
  CHECK(verdict_of(kOthers, evidence) == Verdict::pass);
  CHECK(judged(kOthers, evidence).declared);
  evidence.declarations[0].answer = "no";
  CHECK(verdict_of(kOthers, evidence) == Verdict::fail);
  CHECK(judged(kOthers, evidence).declared);
  // What was measured needs nobody's word.
  CHECK_FALSE(judged(kOthers, printers({})).declared);
  CHECK_FALSE(judged(kOthers, ftp(true)).declared);
}

TEST_CASE("other services nobody could look at are unknown; none offered is not applicable") {
  CHECK(verdict_of(kOthers, Evidence{}) == Verdict::unknown);
  CHECK(verdict_of(kOthers, waiting({})) == Verdict::not_applicable);
  for (const std::int64_t port : {21, 631, 873, 2049}) CHECK(verdict_of(kOthers, waiting({tcp_socket(port, "")})) == Verdict::unknown);
  auto ganesha = waiting({tcp_socket(2049, "/usr/bin/ganesha.nfsd")});
  ganesha.sharing.nfs = fact(std::vector<NfsExport>{}, "etab", kSeenAt);
  CHECK(verdict_of(kOthers, ganesha) == Verdict::unknown);  // its exports stand in a file of its own
}

}  // namespace gokajo::tests
