#include <doctest/doctest.h>

#include "tests/support/judging.h"
#include "tests/support/sharing_evidence.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

constexpr const char* kLogin = "sharing.remote-login-restricted";

Evidence sshd(std::vector<SshCase> cases, std::vector<std::string> administrators, bool complete = true, Reach reach = Reach::everyone) {
  auto evidence = waiting({tcp_socket(22, "/usr/sbin/sshd", reach)});
  evidence.sharing.ssh = fact(SshServer{std::move(cases), complete, std::move(administrators)}, "sshd -T -C", kSeenAt);
  return evidence;
}

const SshCase kRootIn{"root", "192.168.77.1", true, false}, kRootOut{"root", "203.0.113.7", false, false},
    kEmpty{"suzuki", "10.0.0.1", true, true};

}  // namespace

TEST_CASE("an administrator whom sshd lets in with a password alone is named") {
  const auto finding = judged(kLogin, sshd({kRootOut, kRootIn}, {"root"}));
  CHECK(finding.verdict == Verdict::fail);
  CHECK(finding.situation == "administrator-password");
  CHECK(finding.items.at(0).at("name") == Parameter{Name{"root"}});
  CHECK(verdict_of(kLogin, sshd({kRootIn}, {})) == Verdict::pass);  // root's password opens nothing
  CHECK(verdict_of(kLogin, sshd({kRootOut}, {"root"})) == Verdict::pass);
}

TEST_CASE("empty passwords fail whoever has them") { CHECK(judged(kLogin, sshd({kRootOut, kEmpty}, {})).situation == "empty-passwords"); }

TEST_CASE("sshd: conditions that could not be followed are unknown, unless something is found wrong anyway") {
  CHECK(verdict_of(kLogin, sshd({kRootOut}, {"root"}, false)) == Verdict::unknown);
  CHECK(verdict_of(kLogin, sshd({kRootIn}, {"root"}, false)) == Verdict::fail);
}

TEST_CASE("remote sign-in that nobody can reach is closed, and unknown when that could not be read") {
  CHECK(judged(kLogin, sshd({kRootIn}, {"root"}, true, Reach::nobody)).situation == "closed-by-firewall");
  CHECK(verdict_of(kLogin, sshd({kRootIn}, {"root"}, true, Reach::not_known)) == Verdict::unknown);
  CHECK(verdict_of(kLogin, sshd({kRootOut}, {"root"}, true, Reach::not_known)) == Verdict::pass);
}

TEST_CASE("remote desktops: xrdp has no NLA, GNOME's always, VNC is asked about, telnet fails") {
  CHECK(judged(kLogin, waiting({tcp_socket(3389, "/usr/sbin/xrdp")})).situation == "without-nla");
  CHECK(verdict_of(kLogin, waiting({tcp_socket(3389, "/usr/libexec/gnome-remote-desktop-daemon")})) == Verdict::pass);
  CHECK(verdict_of(kLogin, waiting({tcp_socket(3389, "/opt/other")})) == Verdict::unknown);
  CHECK(verdict_of(kLogin, waiting({tcp_socket(5900, "/usr/bin/x11vnc")})) == Verdict::ask);
  CHECK(verdict_of(kLogin, waiting({tcp_socket(23, "/usr/sbin/inetutils-telnetd")})) == Verdict::fail);
  CHECK(verdict_of(kLogin, waiting({tcp_socket(3389, "/usr/sbin/xrdp", Reach::not_known)})) == Verdict::unknown);
}

TEST_CASE("another server on sshd's port is not judged by sshd's settings; systemd holds it for sshd") {
  auto evidence = sshd({kRootOut}, {"root"});
  evidence.sharing.sockets->front().program = "/usr/sbin/dropbear";
  CHECK(judged(kLogin, evidence).situation == "other-program");
  evidence.sharing.sockets->front().program = "/usr/lib/systemd/systemd";
  CHECK(verdict_of(kLogin, evidence) == Verdict::pass);
}

TEST_CASE("an answer about screen sharing settles it") {
  auto evidence = waiting({tcp_socket(5900, "/usr/bin/x11vnc")});
  evidence.declarations.push_back(
      {kLogin, "x11vnc", "yes", "tanaka", *platform::parse_time("2026-11-01"), *platform::parse_time("2027-11-01")});
  CHECK(verdict_of(kLogin, evidence) == Verdict::pass);
  CHECK(judged(kLogin, evidence).declared);
  evidence.declarations[0].answer = "no";
  CHECK(verdict_of(kLogin, evidence) == Verdict::fail);
}

TEST_CASE("remote sign-in nobody could look at is unknown, and not offered is not applicable") {
  CHECK(verdict_of(kLogin, Evidence{}) == Verdict::unknown);
  CHECK(verdict_of(kLogin, waiting({tcp_socket(22, "/usr/sbin/sshd")})) == Verdict::unknown);  // sshd was not asked
  CHECK(verdict_of(kLogin, waiting({tcp_socket(445, "/usr/sbin/smbd")})) == Verdict::not_applicable);
}

}  // namespace gokajo::tests
