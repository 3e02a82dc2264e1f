#include "collectors/packet_filter.h"

#include <algorithm>
#include <optional>
#include <set>

namespace gokajo::collectors {

using compliance::Inbound, compliance::PacketFilter, compliance::Reach;

namespace {

constexpr int kMaxDepth = 32;               // nft refuses deeper jumps at 16
constexpr std::int64_t kWholeRange = 1000;  // a range this wide is not "a port that a rule names"

// What may become of a packet: any of these.
constexpr unsigned kAccepted = 1, kRefused = 2, kGoesOn = 4, kSentOn = 8;

enum class Match { no, yes, maybe };

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Match known(bool holds, bool negated) { return holds != negated ? Match::yes : Match::no; }

class Walk {
 public:
  Walk(const Packet& packet, const FilterRules& rules) : packet_(packet), rules_(rules) {}

  // Every base chain must let the packet through.
  unsigned all_base_chains() {
    unsigned outcome = kAccepted;
    for (const auto& [key, chain] : rules_.chains) {
      if (!chain.base || chain.family == (packet_.ipv6 ? "ip" : "ip6")) continue;
      auto here = walk(chain, 0);
      if (here & kGoesOn) here = (here & ~kGoesOn) | (chain.accepts ? kAccepted : kRefused);
      if (chain.one_device) here |= kAccepted;
      if (here == kRefused) return kRefused;
      outcome |= here;
    }
    return rules_.complete ? outcome : outcome | kRefused;
  }

  // Whether a chain that comes before the input rules may take the packet away from them.
  bool may_be_sent_on() {
    return std::any_of(rules_.chains.begin(), rules_.chains.end(), [&](const auto& entry) {
      const auto& chain = entry.second;
      return chain.first && chain.family != (packet_.ipv6 ? "ip" : "ip6") && (walk(chain, 0) & kSentOn) != 0;
    });
  }

 private:
  Match match(const FilterChain& chain, const Condition& condition) const {
    switch (condition.about) {
      case Condition::About::ip_version:
        return known(contains(condition.names, packet_.ipv6 ? "6" : "4"), condition.negated);
      case Condition::About::protocol:
        return known(contains(condition.names, packet_.udp ? "udp" : "tcp"), condition.negated);
      case Condition::About::connection_state:
        return known(contains(condition.names, "new"), condition.negated);
      case Condition::About::port: {
        const auto holds = std::any_of(condition.ranges.begin(), condition.ranges.end(),
                                       [&](const auto& range) { return packet_.port >= range.first && packet_.port <= range.second; });
        return known(holds, condition.negated);
      }
      case Condition::About::interface:
        // "lo" is this PC talking to itself, which is never asked about here.
        if (condition.names == std::vector<std::string>{"lo"}) return known(false, condition.negated);
        if (packet_.unlisted || (packet_.elsewhere && chain.table == "firewalld")) return known(false, condition.negated);
        return Match::maybe;
      case Condition::About::source:
        return packet_.unlisted || packet_.elsewhere ? known(false, condition.negated) : Match::maybe;
      case Condition::About::never:
        return Match::no;
      case Condition::About::always:
        return Match::yes;
      case Condition::About::unreadable:
        return Match::maybe;
    }
    return Match::maybe;
  }

  Match match(const FilterChain& chain, const FilterRule& rule) const {
    auto all = Match::yes;
    for (const auto& condition : rule.conditions) {
      const auto one = match(chain, condition);
      if (one == Match::no) return Match::no;
      if (one == Match::maybe) all = Match::maybe;
    }
    return all;
  }

  unsigned act(const FilterChain& chain, const FilterRule& rule, int depth) {
    switch (rule.action) {
      case FilterRule::Action::accept:
        return kAccepted;
      case FilterRule::Action::refuse:
        return kRefused;
      case FilterRule::Action::send_on:
        return kSentOn;
      case FilterRule::Action::jump:
      case FilterRule::Action::go_to: {
        const auto target = rules_.chains.find(chain_key(chain.family, chain.table, rule.target));
        return target == rules_.chains.end() ? kAccepted | kRefused | kGoesOn | kSentOn : walk(target->second, depth + 1);
      }
      case FilterRule::Action::none:
      case FilterRule::Action::back:
        return kGoesOn;
    }
    return kGoesOn;
  }

  unsigned walk(const FilterChain& chain, int depth) {
    if (depth > kMaxDepth) return kAccepted | kRefused;
    const auto known_already = done_.find(&chain);
    if (known_already != done_.end()) return known_already->second;
    unsigned outcome = 0;
    bool ended = false;
    for (const auto& rule : chain.rules) {
      if (rule.action == FilterRule::Action::none) continue;
      const auto matches = match(chain, rule);
      if (matches == Match::no) continue;
      const auto result = act(chain, rule, depth);
      const bool leaves = rule.action == FilterRule::Action::back || rule.action == FilterRule::Action::go_to;
      outcome |= result & (kAccepted | kRefused | kSentOn);
      if (leaves) outcome |= result & kGoesOn;  // back in the chain that jumped here
      if (matches == Match::yes && (leaves || (result & kGoesOn) == 0)) {
        ended = true;
        break;
      }
    }
    if (!ended) outcome |= kGoesOn;
    return done_[&chain] = outcome;
  }

  const Packet& packet_;
  const FilterRules& rules_;
  std::map<const FilterChain*, unsigned> done_;
};

// A port from `first` on that no rule names, so what becomes of it is the rule for all others.
std::optional<std::int64_t> unnamed_port(const FilterRules& rules, std::int64_t first, std::int64_t last) {
  std::vector<std::pair<std::int64_t, std::int64_t>> named;
  for (const auto& [key, chain] : rules.chains)
    for (const auto& rule : chain.rules)
      for (const auto& condition : rule.conditions)
        for (const auto& range : condition.ranges)
          if (range.second - range.first < kWholeRange) named.push_back(range);
  for (auto port = first; port <= last; ++port)
    if (std::none_of(named.begin(), named.end(), [&](const auto& range) { return port >= range.first && port <= range.second; }))
      return port;
  return std::nullopt;
}

Inbound inbound(bool ipv6, std::int64_t port, const FilterRules& rules) {
  bool accepted = false;
  for (const bool udp : {false, true}) {
    Packet packet{.ipv6 = ipv6, .udp = udp, .port = port};
    const auto any = reach_of(packet, rules);
    packet.unlisted = true;
    // A rule about interfaces or addresses may let some in; whom no rule names decides.
    const auto reach = any == Reach::some ? reach_of(packet, rules) : any;
    if (reach == Reach::some || (any == Reach::some && reach == Reach::everyone)) return Inbound::depends;
    accepted = accepted || reach == Reach::everyone;
  }
  return accepted ? Inbound::accepted : Inbound::refused;
}

}  // namespace

std::string chain_key(std::string_view family, std::string_view table, std::string_view name) {
  return std::string(family).append("/").append(table).append("/").append(name);
}

Reach reach_of(const Packet& packet, const FilterRules& rules) {
  Walk walk(packet, rules);
  if (walk.may_be_sent_on()) return Reach::some;
  const auto outcome = walk.all_base_chains();
  return outcome == kRefused ? Reach::nobody : outcome == kAccepted ? Reach::everyone : Reach::some;
}

std::vector<SentOn> ports_sent_on(const FilterRules& rules) {
  std::set<SentOn> found;
  for (const auto& [key, chain] : rules.chains)
    for (const auto& rule : chain.rules) {
      if (rule.action != FilterRule::Action::send_on) continue;
      for (const auto& condition : rule.conditions) {
        if (condition.about != Condition::About::port || condition.negated) continue;
        for (const auto& [first, last] : condition.ranges)
          for (auto port = std::max<std::int64_t>(first, 1); port <= std::min<std::int64_t>(last, 65535); ++port)
            for (const bool ipv6 : {false, true})
              for (const bool udp : {false, true}) {
                if (found.size() >= kMaxSentOn) return {found.begin(), found.end()};
                if (Walk({.ipv6 = ipv6, .udp = udp, .port = port}, rules).may_be_sent_on()) found.insert({ipv6, udp, port});
              }
      }
    }
  return {found.begin(), found.end()};
}

PacketFilter summary_of(const FilterRules& rules) {
  PacketFilter filter;
  const auto low = unnamed_port(rules, 2, 1023), high = unnamed_port(rules, 20000, 65535);
  if (low) {
    filter.ipv4 = inbound(false, *low, rules);
    filter.ipv6 = inbound(true, *low, rules);
  }
  if (high) filter.high_ports_open = inbound(false, *high, rules) == Inbound::accepted || inbound(true, *high, rules) == Inbound::accepted;
  std::set<std::string> managers;
  for (const auto& [key, chain] : rules.chains) {
    if (chain.name == "ufw-user-input" || chain.name == "ufw6-user-input") managers.insert("ufw");
    if (chain.table == "firewalld" && chain.base) managers.insert("firewalld");
  }
  filter.managers.assign(managers.begin(), managers.end());
  return filter;
}

}  // namespace gokajo::collectors
