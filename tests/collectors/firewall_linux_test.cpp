#include <doctest/doctest.h>

#include "collectors/firewall.h"
#include "collectors/parse/iptables_save.h"
#include "collectors/parse/nft_ruleset.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace platform;
using collectors::Packet;
using compliance::Inbound, compliance::Reach;

namespace {

const std::vector<std::string> kList = {"-j", "list", "ruleset"};

FakeHost host_with(const std::string& file) {
  FakeHost host;
  host.prints("nft", kList, test_data("firewall/" + file));
  return host;
}

Reach tcp(const Host& host, std::int64_t port, bool elsewhere = false, bool ipv6 = false) {
  const auto rules = collectors::read_filter_rules_linux(host);
  REQUIRE(rules);
  return collectors::reach_of({.ipv6 = ipv6, .port = port, .elsewhere = elsewhere}, *rules);
}

compliance::PacketFilter summary(const Host& host) {
  const auto fact = collectors::packet_filter_fact(collectors::read_filter_rules_linux(host));
  REQUIRE(fact);
  return *fact;
}

}  // namespace

TEST_CASE("without rules everything is accepted, and so it is with rules for forwarding and output alone") {
  for (const char* file : {"empty-nft.json", "forward-only-nft.json"}) {
    CAPTURE(file);
    const auto host = host_with(file);
    CHECK(summary(host).ipv4 == Inbound::accepted);
    CHECK(summary(host).ipv6 == Inbound::accepted);
    CHECK(tcp(host, 22) == Reach::everyone);
  }
}

TEST_CASE("iptables alone filters IPv4 and leaves IPv6 open") {
  const auto host = host_with("four-only-nft.json");
  CHECK(summary(host).ipv4 == Inbound::refused);
  CHECK(summary(host).ipv6 == Inbound::accepted);
}

TEST_CASE("named sets, verdict maps and jumps of a native rule set are followed") {
  const auto host = host_with("office-nft.json");
  CHECK(summary(host).ipv4 == Inbound::refused);
  CHECK(summary(host).ipv6 == Inbound::refused);
  CHECK(tcp(host, 22) == Reach::everyone);
  CHECK(tcp(host, 8005) == Reach::everyone);
  CHECK(tcp(host, 445) == Reach::some);                    // from the office's addresses
  CHECK(tcp(host, 3389, false, true) == Reach::everyone);  // the chain that is jumped to accepts IPv6
  CHECK(tcp(host, 3389) == Reach::some);                   // goes on after it: only over wg0
}

TEST_CASE("ufw's rules, half of them opaque to nft, are read through iptables-save") {
  auto host = host_with("ufw-nft.json");
  SUBCASE("with both programs") {
    host.prints("iptables-nft-save", {}, test_data("firewall/ufw-iptables.txt"))
        .prints("ip6tables-nft-save", {}, test_data("firewall/ufw-ip6tables.txt"));
    CHECK(summary(host).ipv4 == Inbound::refused);
    CHECK(summary(host).ipv6 == Inbound::refused);
    CHECK(summary(host).managers == std::vector<std::string>{"ufw"});
    CHECK(tcp(host, 22) == Reach::nobody);
    CHECK(tcp(host, 445, false, true) == Reach::nobody);
  }
  SUBCASE("without iptables-save nothing is said to be accepted") { CHECK(summary(host).ipv4 != Inbound::accepted); }
}

TEST_CASE("firewalld: the default zone decides on a network nobody named") {
  SUBCASE("public, as installed: ssh and nothing else of ours") {
    const auto host = host_with("firewalld-public-nft.json");
    CHECK(summary(host).ipv4 == Inbound::refused);
    CHECK(summary(host).ipv6 == Inbound::refused);
    CHECK(summary(host).managers == std::vector<std::string>{"firewalld"});
    CHECK_FALSE(summary(host).high_ports_open);
    CHECK(tcp(host, 22) == Reach::everyone);
    CHECK(tcp(host, 445) == Reach::nobody);
  }
  SUBCASE("samba allowed in the zone home of eth0 alone") {
    const auto host = host_with("firewalld-home-nft.json");
    CHECK(summary(host).ipv4 == Inbound::refused);
    CHECK(tcp(host, 445) == Reach::some);
    CHECK(tcp(host, 445, true) == Reach::nobody);
  }
  SUBCASE("trusted as default zone accepts everything elsewhere") {
    const auto host = host_with("firewalld-trusted-nft.json");
    CHECK(summary(host).ipv4 != Inbound::refused);
    CHECK(tcp(host, 445, true) == Reach::everyone);
  }
  SUBCASE("all ports above 1024 open, as Fedora Workstation does") {
    const auto host = host_with("firewalld-workstation-nft.json");
    CHECK(summary(host).ipv4 == Inbound::refused);
    CHECK(summary(host).high_ports_open);
    CHECK(tcp(host, 5900) == Reach::everyone);
  }
}

TEST_CASE("rules of the older iptables count although nft does not see them") {
  auto host = host_with("empty-nft.json");
  host.file("/proc/net/ip_tables_names", "filter\n").prints("iptables-legacy-save", {}, test_data("firewall/legacy-iptables.txt"));
  CHECK(summary(host).ipv4 == Inbound::refused);
  CHECK(summary(host).ipv6 == Inbound::accepted);
}

TEST_CASE("what is refused before the input hook is not called open") {
  SUBCASE("a card's own ingress hook decides for that card alone") {
    const auto host = host_with("netdev-ingress-nft.json");
    CHECK(tcp(host, 22) == Reach::some);
    CHECK(tcp(host, 80) == Reach::everyone);
    CHECK(tcp(host, 445) == Reach::nobody);  // in prerouting, for every card
  }
  SUBCASE("dropping everything on a card leaves the summary open") {
    const auto host = host_with("inet-ingress-nft.json");
    CHECK(summary(host).ipv4 == Inbound::depends);
    CHECK(summary(host).ipv6 == Inbound::depends);
  }
  SUBCASE("the older iptables drops in raw PREROUTING; senders without a way back do not count") {
    auto host = host_with("empty-nft.json");
    host.file("/proc/net/ip_tables_names", "raw\n").prints("iptables-legacy-save", {}, test_data("firewall/legacy-raw.txt"));
    CHECK(tcp(host, 445) == Reach::nobody);
    CHECK(tcp(host, 22) == Reach::everyone);
  }
}

TEST_CASE("a packet filter nobody could look at is absent with its reason") {
  FakeHost host;
  SUBCASE("not root") {
    host.prints("nft", kList, "Operation not permitted (you must be root)\n", 1,
                "netlink: Error: cache initialization failed: Operation not permitted\n");
    CHECK(collectors::read_filter_rules_linux(host).error().kind == ErrorKind::denied);
  }
  SUBCASE("no program to ask") { CHECK(collectors::read_filter_rules_linux(host).error().kind == ErrorKind::not_found); }
  SUBCASE("something else than JSON") {
    host.prints("nft", kList, "{\"nftables\": 7}");
    CHECK(collectors::read_filter_rules_linux(host).error().kind == ErrorKind::malformed);
  }
  SUBCASE("the older iptables is in force and cannot be read") {
    host.prints("nft", kList, test_data("firewall/empty-nft.json")).unreadable("/proc/net/ip_tables_names", ErrorKind::denied);
    CHECK(collectors::read_filter_rules_linux(host).error().kind == ErrorKind::denied);
  }
}

TEST_CASE("without nft what iptables shows proves nothing") {
  FakeHost host;
  host.prints("iptables-nft-save", {}, test_data("firewall/ufw-iptables.txt"))
      .prints("ip6tables-nft-save", {}, test_data("firewall/ufw-ip6tables.txt"));
  CHECK(collectors::read_filter_rules_linux(host).error().kind == ErrorKind::not_found);
}

TEST_CASE("iptables-save is believed for the rules iptables wrote, and for no other") {
  // tests/states/sharing/firewall-iptables-and-sets.state: a rule of iptables, then a native one about two ports.
  FakeHost host;
  host.prints("nft", kList, R"({"nftables": [
    {"chain": {"family": "ip", "table": "filter", "name": "INPUT", "type": "filter", "hook": "input", "prio": 0, "policy": "accept"}},
    {"rule": {"family": "ip", "table": "filter", "chain": "INPUT", "expr": [{"xt": {"type": "match", "name": "conntrack"}}, {"drop": null}]}},
    {"rule": {"family": "ip", "table": "filter", "chain": "INPUT", "expr": [
      {"match": {"op": "==", "left": {"payload": {"protocol": "th", "field": "dport"}}, "right": {"set": [80, 443]}}}, {"drop": null}]}}]})");
  const auto saved = [&](const std::string& rules) {
    host.prints("iptables-nft-save", {}, "*filter\n:INPUT ACCEPT [0:0]\n" + rules + "COMMIT\n");
  };
  const std::string conntrack = "-A INPUT -m conntrack --ctstate ESTABLISHED -j ";
  SUBCASE("both show both rules") {
    saved(conntrack + "DROP\n-A INPUT -j DROP\n");
    CHECK(summary(host).ipv4 == Inbound::accepted);
    CHECK(tcp(host, 22) == Reach::everyone);
    CHECK(tcp(host, 443) == Reach::nobody);
  }
  SUBCASE("one rule less: which is missing is not known") {
    saved(conntrack + "DROP\n");
    CHECK(summary(host).ipv4 == Inbound::depends);
  }
  SUBCASE("another action: not the same rule") {
    saved(conntrack + "ACCEPT\n-A INPUT -j DROP\n");
    CHECK(summary(host).ipv4 == Inbound::depends);
  }
}

TEST_CASE("without nft the kernel itself tells that there are no tables; then nothing filters") {
  FakeHost host;
  const auto kernel = [&](FilterTables tables) { host.answers(ListFilterTables{}, Reply{std::move(tables)}); };
  const auto error = [&] {
    const auto rules = collectors::read_filter_rules_linux(host);
    REQUIRE_FALSE(rules);
    return rules.error();
  };
  FileStatus folder;
  folder.type = FileType::directory;
  host.answers(StatFile{.path = "/proc/net/netfilter"}, Reply{FileStatusReply{folder}});

  SUBCASE("no table, or no nftables in this kernel") {
    for (const bool nftables : {true, false}) {
      kernel({nftables, {}});
      CHECK(summary(host).ipv4 == Inbound::accepted);
      CHECK(summary(host).ipv6 == Inbound::accepted);
      CHECK(tcp(host, 22) == Reach::everyone);
      CHECK(collectors::packet_filter_fact(collectors::read_filter_rules_linux(host)).source == "packet filter tables");
    }
  }
  SUBCASE("tables that see no IP packet for this PC do not count") {
    kernel({true, {{"bridge", "libvirt"}, {"arp", "filter"}}});
    CHECK(summary(host).ipv4 == Inbound::accepted);
  }
  SUBCASE("any other table may refuse, and is named") {
    for (const FilterTable& table : {FilterTable{"inet", "filter"}, FilterTable{"ip", "nat"}, FilterTable{"ip6", "x"},
                                     FilterTable{"netdev", "x"}, FilterTable{"99", "x"}}) {
      CAPTURE(table.family);
      kernel({true, {{"bridge", "libvirt"}, table}});
      CHECK(error().kind == ErrorKind::not_found);
      CHECK(error().detail.find(table.family + " " + table.name) != std::string::npos);
    }
  }
  SUBCASE("the older iptables counts, and stays unknown where it cannot be read") {
    kernel({true, {}});
    host.file("/proc/net/ip_tables_names", "filter\n");
    CHECK(error().kind == ErrorKind::not_found);
    host.prints("iptables-legacy-save", {}, test_data("firewall/legacy-iptables.txt"));
    CHECK(summary(host).ipv4 == Inbound::refused);
    CHECK(summary(host).ipv6 == Inbound::accepted);
    host.unreadable("/proc/net/ip6_tables_names", ErrorKind::denied);
    CHECK(error().kind == ErrorKind::denied);
  }
  SUBCASE("without the right to ask, or where /proc/net does not show, nothing is proven") {
    for (const auto kind : {ErrorKind::denied, ErrorKind::failed, ErrorKind::not_asked, ErrorKind::timed_out, ErrorKind::unsupported}) {
      host.answers(ListFilterTables{}, Error{kind, "kernel"});
      CHECK(error().kind == (kind == ErrorKind::denied ? ErrorKind::denied : ErrorKind::not_found));
    }
    kernel({true, {}});
    host.answers(StatFile{.path = "/proc/net/netfilter"}, Error{ErrorKind::not_found, ""});
    CHECK(error().kind == ErrorKind::not_found);
  }
}

TEST_CASE("sockets: loopback is left out, the rest says who can reach it") {
  auto host = host_with("firewalld-public-nft.json");
  host.answers(ListListeners{}, Reply{Listeners{{{Protocol::tcp, "127.0.0.1", 631, false, 7, "/usr/sbin/cupsd", false},
                                                 {Protocol::tcp, "::", 22, false, 8, "/usr/sbin/sshd", false},
                                                 {Protocol::tcp, "0.0.0.0", 445, false, std::nullopt, std::nullopt, true}}}});
  const auto sockets = collectors::open_sockets(host, collectors::read_filter_rules_linux(host));
  REQUIRE(sockets);
  REQUIRE(sockets->size() == 2);
  CHECK((*sockets)[0].reach == Reach::everyone);
  CHECK((*sockets)[1].reach == Reach::nobody);
  CHECK_FALSE((*sockets)[1].owner_known);
}

TEST_CASE("iptables-save and nft text that breaks off is malformed or readable, never a crash") {
  const auto saved = test_data("firewall/ufw-iptables.txt"), listed = test_data("firewall/office-nft.json");
  for (std::size_t length = 0; length < saved.size(); length += 37)
    (void)collectors::parse::parse_iptables_save(saved.substr(0, length), "ip");
  for (std::size_t length = 0; length < listed.size(); length += 37)
    CHECK_FALSE(collectors::parse::parse_nft_ruleset(listed.substr(0, length)));
}

TEST_CASE("a port that nat sends on is never closed for certain, whatever the input rules say") {
  // nft(8): a nat chain on prerouting comes before input. The rule set is the one of tests/states/sharing/published-port-nft.state.
  const auto rules = collectors::parse::parse_nft_ruleset(R"({"nftables": [
    {"chain": {"family": "inet", "table": "filter", "name": "input", "type": "filter", "hook": "input", "prio": 0, "policy": "drop"}},
    {"chain": {"family": "ip", "table": "nat", "name": "prerouting", "type": "nat", "hook": "prerouting", "prio": -100, "policy": "accept"}},
    {"rule": {"family": "ip", "table": "nat", "chain": "prerouting", "expr": [
      {"match": {"op": "!=", "left": {"meta": {"key": "iifname"}}, "right": "docker0"}},
      {"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 445}},
      {"dnat": {"addr": "172.17.0.2", "port": 445}}]}}]})");
  REQUIRE(rules);
  CHECK(collectors::reach_of({.port = 445}, rules->rules) == Reach::some);
  CHECK(collectors::reach_of({.udp = true, .port = 445}, rules->rules) == Reach::nobody);
  CHECK(collectors::reach_of({.ipv6 = true, .port = 445}, rules->rules) == Reach::nobody);
  CHECK(collectors::reach_of({.port = 446}, rules->rules) == Reach::nobody);
  const auto sent = collectors::ports_sent_on(rules->rules);
  REQUIRE(sent.size() == 1);
  CHECK(sent.front() == collectors::SentOn{false, false, 445});
  CHECK(collectors::summary_of(rules->rules).ipv4 == Inbound::refused);
}

TEST_CASE("Docker's chain in iptables' nat table sends on; without iptables-save an unreadable target may") {
  const auto saved = collectors::parse::parse_iptables_save(
      "*nat\n:PREROUTING ACCEPT [0:0]\n:DOCKER - [0:0]\n-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER\n-A DOCKER ! -i docker0 -p "
      "tcp -m tcp "
      "--dport 8080 -j DNAT --to-destination 172.17.0.2:80\nCOMMIT\n*filter\n:INPUT DROP [0:0]\nCOMMIT\n",
      "ip");
  REQUIRE(saved);
  CHECK(collectors::reach_of({.port = 8080}, *saved) == Reach::some);
  CHECK(collectors::reach_of({.port = 8081}, *saved) == Reach::nobody);
  const auto opaque = collectors::parse::parse_nft_ruleset(R"({"nftables": [
    {"chain": {"family": "ip", "table": "filter", "name": "INPUT", "type": "filter", "hook": "input", "prio": 0, "policy": "drop"}},
    {"chain": {"family": "ip", "table": "nat", "name": "PREROUTING", "type": "nat", "hook": "prerouting", "prio": -100, "policy": "accept"}},
    {"rule": {"family": "ip", "table": "nat", "chain": "PREROUTING", "expr": [{"xt": {"type": "target", "name": "DNAT"}}]}}]})");
  REQUIRE(opaque);
  CHECK(collectors::reach_of({.port = 445}, opaque->rules) == Reach::some);
  CHECK(collectors::summary_of(opaque->rules).ipv4 == Inbound::depends);
}

}  // namespace gokajo::tests
