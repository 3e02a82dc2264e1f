#include <doctest/doctest.h>

#include "tests/support/judging.h"
#include "tests/support/sharing_evidence.h"

namespace gokajo::tests {

using namespace compliance;

constexpr const char* kGuests = "sharing.guest-access-off";

TEST_CASE("a share that opens without a password fails by its name, to read or to write") {
  const auto write =
      judged(kGuests, serving({share("mitsumori", Access::write), share("katarogu", Access::read), share("keiri", Access::none)}));
  CHECK(write.verdict == Verdict::fail);
  CHECK(write.situation == "open-to-write");
  REQUIRE(write.items.size() == 2);
  CHECK(write.items[0].at("name") == Parameter{Name{"mitsumori"}});
  CHECK(write.items[0].at("path") == Parameter{Name{"/srv/mitsumori"}});
  CHECK(judged(kGuests, serving({share("katarogu", Access::read)})).situation == "open-to-read");
  CHECK(verdict_of(kGuests, serving({share("keiri", Access::none)})) == Verdict::pass);
  CHECK(verdict_of(kGuests, serving({})) == Verdict::pass);
}

TEST_CASE("who can reach the guest share decides: nobody is no fail, not known is unknown") {
  CHECK(judged(kGuests, serving({share("a", Access::write)}, Reach::nobody)).situation == "closed-by-firewall");
  CHECK(verdict_of(kGuests, serving({share("a", Access::write)}, Reach::some)) == Verdict::fail);
  auto unread = serving({share("a", Access::write)}, Reach::not_known);
  unread.sharing.packet_filter = absent<PacketFilter>(ErrorKind::denied);
  const auto finding = judged(kGuests, unread);
  CHECK(finding.verdict == Verdict::unknown);
  REQUIRE(finding.absence);
  CHECK(finding.absence->reason == ErrorKind::denied);
}

TEST_CASE("shares that cannot be read are unknown, a PC that serves none is not concerned") {
  CHECK(verdict_of(kGuests, Evidence{}) == Verdict::unknown);
  CHECK(verdict_of(kGuests, waiting({})) == Verdict::not_applicable);
  CHECK(verdict_of(kGuests, waiting({tcp_socket(22, "/usr/sbin/sshd")})) == Verdict::not_applicable);
  auto failed = serving({});
  failed.sharing.samba = absent<Samba>(ErrorKind::failed);
  CHECK(verdict_of(kGuests, failed) == Verdict::unknown);
  auto no_sockets = serving({share("a", Access::write)});
  no_sockets.sharing.sockets = absent<std::vector<OpenSocket>>(ErrorKind::failed);
  CHECK(verdict_of(kGuests, no_sockets) == Verdict::unknown);
}

TEST_CASE("another program on the port is not judged by Samba's settings") {
  CHECK(judged(kGuests, waiting({tcp_socket(445, "")})).situation == "other-server");  // the kernel's own, ksmbd
  CHECK(judged(kGuests, waiting({tcp_socket(445, "/usr/bin/docker-proxy")})).verdict == Verdict::unknown);
}

}  // namespace gokajo::tests
