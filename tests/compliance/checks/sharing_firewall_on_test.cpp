#include <doctest/doctest.h>

#include "tests/support/judging.h"
#include "tests/support/sharing_evidence.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

constexpr const char* kFirewall = "sharing.firewall-on";

Finding with(Inbound ipv4, Inbound ipv6, std::vector<OpenSocket> sockets, bool high = false) {
  auto evidence = waiting(std::move(sockets));
  evidence.sharing.packet_filter = fact(PacketFilter{ipv4, ipv6, high, {}}, "nft -j list ruleset", kSeenAt);
  return judged(kFirewall, evidence);
}

const auto kRefused = Inbound::refused, kAccepted = Inbound::accepted, kDepends = Inbound::depends;

}  // namespace

TEST_CASE("a firewall is on when both versions of IP refuse what no rule names") {
  CHECK(with(kRefused, kRefused, {tcp_socket(22, "/usr/sbin/sshd")}).verdict == Verdict::pass);
  CHECK(with(kRefused, kRefused, {}).situation == "on");
  CHECK(with(kRefused, kRefused, {}, true).situation == "on-high-ports-open");
}

TEST_CASE("what waits for connections behind no rules fails, each named once") {
  const auto off = with(kAccepted, kAccepted, {tcp_socket(22, "/usr/sbin/sshd"), tcp_socket(22, "/usr/sbin/sshd", Reach::everyone, "::")});
  CHECK(off.situation == "off");
  REQUIRE(off.items.size() == 1);
  CHECK(off.items[0].at("name") == Parameter{Name{"sshd (22/tcp)"}});
  CHECK(with(kRefused, kAccepted, {tcp_socket(22, "/usr/sbin/sshd", Reach::everyone, "::")}).situation == "ipv6-open");
  CHECK(with(kAccepted, kRefused, {tcp_socket(22, "/usr/sbin/sshd", Reach::everyone, "::")}).situation == "ipv4-open");
}

TEST_CASE("a port of the kernel's own is named so, and one whose program may not be seen is not") {
  auto hidden = tcp_socket(2024, "");
  hidden.owner_known = false;
  const auto off = with(kAccepted, kAccepted, {tcp_socket(2049, ""), hidden});
  REQUIRE(off.items.size() == 2);
  CHECK(off.items[0].at("name") == Parameter{Name{"2024/tcp"}});
  CHECK(off.items[1].at("name") == Parameter{Name{"kernel (2049/tcp)"}});
}

TEST_CASE("half a firewall suffices where nothing waits on the other half") {
  CHECK(with(kRefused, kAccepted, {tcp_socket(22, "/usr/sbin/sshd")}).situation == "on-where-used");
}

TEST_CASE("without rules and without anything that waits the check does not apply, and it never passes for that") {
  CHECK(with(kAccepted, kAccepted, {}).verdict == Verdict::not_applicable);
  CHECK(with(kAccepted, kAccepted, {{"udp", "0.0.0.0", 68, "/usr/sbin/dhclient", true, Reach::everyone, Reach::everyone}}).verdict ==
        Verdict::not_applicable);
  CHECK(with(kAccepted, kAccepted, {{"udp", "0.0.0.0", 5353, "/usr/sbin/avahi-daemon", true, Reach::everyone, Reach::everyone}}).verdict ==
        Verdict::fail);
}

TEST_CASE("rules that depend, and rules nobody could read, are unknown") {
  CHECK(with(kDepends, kRefused, {tcp_socket(22, "/usr/sbin/sshd")}).verdict == Verdict::unknown);
  CHECK(verdict_of(kFirewall, Evidence{}) == Verdict::unknown);
  auto denied = waiting({tcp_socket(22, "/usr/sbin/sshd", Reach::not_known)});
  denied.sharing.packet_filter = absent<PacketFilter>(ErrorKind::denied);
  CHECK(verdict_of(kFirewall, denied) == Verdict::unknown);
  Evidence no_sockets;
  no_sockets.sharing.packet_filter = fact(PacketFilter{kAccepted, kAccepted, false, {}}, "nft", kSeenAt);
  CHECK(verdict_of(kFirewall, no_sockets) == Verdict::unknown);
}

}  // namespace gokajo::tests
