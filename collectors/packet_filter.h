/// \file
/// The rules a packet meets on its way into this PC, whoever wrote them (nft, iptables, ufw, firewalld), and what becomes of a packet.
/// Rules that cannot be read for certain count as "may match": what is said of a packet then holds both ends open, and never claims more
/// than is known.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compliance/evidence/sharing.h"

namespace gokajo::collectors {

/// What a rule asks of a packet. `names` and `ranges` are what it lists; `unreadable` may hold or not.
struct Condition {
  enum class About { ip_version, protocol, port, interface, source, connection_state, never, always, unreadable };
  About about = About::unreadable;
  bool negated = false;
  std::vector<std::string> names;
  std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
};

struct FilterRule {
  /// send_on: to another port or machine (DNAT, REDIRECT, TPROXY), past what the input rules say.
  enum class Action { none, accept, refuse, jump, go_to, back, send_on };
  std::vector<Condition> conditions;
  Action action = Action::none;
  std::string target;  ///< of jump and go_to, a chain of the same table
  /// Set in what nft printed: the rule's place among those of its chain (one printed rule may be several here), and whether it holds what
  /// iptables wrote in a form nft cannot show ("xt").
  std::size_t place = 0;
  bool opaque = false;
};

/// `base`: on the input hook or one that a packet meets before it (prerouting, ingress), with `accepts` as its policy. `first`: it meets a
/// packet before the input rules and may send it on (nat, prerouting). `one_device`: on the ingress hook, so of one network card: what it
/// refuses may still come in over another.
struct FilterChain {
  std::string family;  ///< "ip", "ip6", "inet", "netdev"
  std::string table;
  std::string name;
  bool base = false;
  bool first = false;
  bool accepts = true;
  std::vector<FilterRule> rules;
  bool one_device = false;
  std::size_t printed = 0;  ///< rules that nft printed
};

/// `complete`: nothing that could refuse more is missing from it.
struct FilterRules {
  std::map<std::string, FilterChain> chains;  ///< by chain_key()
  bool complete = true;
};

std::string chain_key(std::string_view family, std::string_view table, std::string_view name);

/// A new connection from another machine. `unlisted`: from an address and over an interface that no rule names; otherwise rules about
/// addresses and interfaces may match. `elsewhere`: in a network this PC has not met: from an address no rule names, over an interface that
/// firewalld has not been told of.
struct Packet {
  bool ipv6 = false;
  bool udp = false;
  std::int64_t port = 0;
  bool unlisted = false;
  bool elsewhere = false;
};

/// everyone: accepted for certain; nobody: refused for certain; some: depends. A packet that may be sent on is never refused for certain:
/// what becomes of it is then for forward rules and another machine to say (Docker publishes ports so).
compliance::Reach reach_of(const Packet& packet, const FilterRules& rules);

/// Ports that rules send on, whether or not a socket of this PC waits there; at most kMaxSentOn. A rule for every port names none.
struct SentOn {
  bool ipv6 = false;
  bool udp = false;
  std::int64_t port = 0;
  auto operator<=>(const SentOn&) const = default;
};
inline constexpr std::size_t kMaxSentOn = 256;
std::vector<SentOn> ports_sent_on(const FilterRules& rules);

/// What happens to ports no rule names, per IP version; and who manages the rules.
compliance::PacketFilter summary_of(const FilterRules& rules);

}  // namespace gokajo::collectors
