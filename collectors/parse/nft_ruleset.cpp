#include "collectors/parse/nft_ruleset.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "collectors/parse/iptables_save.h"
#include "collectors/parse/lines.h"
#include "platform/json_form.h"

namespace gokajo::collectors::parse {
namespace {

using platform::Json;
using About = Condition::About;
using Action = FilterRule::Action;
constexpr std::size_t kMaxBytes = 4U << 20U;

using Sets = std::map<std::string, Json>;  // elements of named sets, by chain_key()

std::string text_of(const Json& object, const char* key) {
  const auto member = object.find(key);
  return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

// What stands on the right of a match: one value, a list, an anonymous set or a named one; nullopt when it is none of these.
std::optional<std::vector<Json>> listed(const Json& right, const Sets& sets, const std::string& table_key) {
  if (right.is_array()) return std::vector<Json>(right.begin(), right.end());
  if (right.is_object() && right.contains("set") && right["set"].is_array())
    return std::vector<Json>(right["set"].begin(), right["set"].end());
  if (right.is_string() && right.get_ref<const std::string&>().starts_with('@')) {
    const auto set = sets.find(table_key + right.get_ref<const std::string&>().substr(1));
    if (set == sets.end() || !set->second.is_array()) return std::nullopt;
    return std::vector<Json>(set->second.begin(), set->second.end());
  }
  return std::vector<Json>{right};
}

std::optional<std::pair<std::int64_t, std::int64_t>> port_range(const Json& element) {
  if (element.is_number_integer()) return std::pair{element.get<std::int64_t>(), element.get<std::int64_t>()};
  if (element.is_object() && element.contains("elem") && element["elem"].is_object() && element["elem"].contains("val"))
    return port_range(element["elem"]["val"]);
  if (element.is_object() && element.contains("range") && element["range"].is_array() && element["range"].size() == 2 &&
      element["range"][0].is_number_integer() && element["range"][1].is_number_integer())
    return std::pair{element["range"][0].get<std::int64_t>(), element["range"][1].get<std::int64_t>()};
  return std::nullopt;
}

Condition ports(const std::vector<Json>& elements) {
  Condition condition{About::port, false, {}, {}};
  for (const auto& element : elements) {
    const auto range = port_range(element);
    if (!range) return {};
    condition.ranges.push_back(*range);
  }
  return condition;
}

Condition names(About about, const std::vector<Json>& elements) {
  Condition condition{about, false, {}, {}};
  for (const auto& element : elements) {
    if (!element.is_string()) return {};
    auto name = lower(element.get_ref<const std::string&>());
    if (about == About::ip_version) name = name == "ipv4" || name == "ip" ? "4" : name == "ipv6" || name == "ip6" ? "6" : name;
    condition.names.push_back(std::move(name));
  }
  return condition;
}

Condition fixed(bool holds) { return {holds ? About::always : About::never, false, {}, {}}; }

bool has(const std::vector<Json>& elements, const char* name) {
  return std::any_of(elements.begin(), elements.end(), [&](const Json& element) { return element == name; });
}

bool is_group_address(const Json& element) {
  std::string address = element.is_string() ? element.get<std::string>() : "";
  if (element.is_object() && element.contains("prefix") && element["prefix"].is_object()) address = text_of(element["prefix"], "addr");
  return address.starts_with("ff") || address.starts_with("224.") || address.starts_with("239.") || address == "255.255.255.255";
}

// `payload`: a field of a protocol's header. More than one condition may follow: "tcp dport 22" asks for TCP too.
std::vector<Condition> payload_conditions(const Json& payload, const std::vector<Json>& right) {
  const auto protocol = text_of(payload, "protocol"), field = text_of(payload, "field");
  if (protocol == "tcp" || protocol == "udp" || protocol == "th") {
    std::vector<Condition> all;
    if (protocol != "th") all.push_back({About::protocol, false, {protocol}, {}});
    if (field == "dport")
      all.push_back(ports(right));
    else if (field == "sport")
      all.push_back({About::source, false, {}, {}});
    else
      all.emplace_back();
    return all;
  }
  if (protocol == "icmp" || protocol == "icmpv6") return {fixed(false)};
  if ((protocol == "ip" && field == "protocol") || (protocol == "ip6" && field == "nexthdr")) return {names(About::protocol, right)};
  const Condition version{About::ip_version, false, {protocol == "ip6" ? "6" : "4"}, {}};
  if ((protocol == "ip" || protocol == "ip6") && field == "saddr") return {version, {About::source, false, {}, {}}};
  if ((protocol == "ip" || protocol == "ip6") && field == "daddr")
    return {version, std::all_of(right.begin(), right.end(), is_group_address) ? fixed(false) : Condition{}};
  if (protocol == "ether") return {{About::source, false, {}, {}}};
  return {Condition{}};
}

std::vector<Condition> meta_conditions(const std::string& key, const std::vector<Json>& right) {
  if (key == "iif" || key == "iifname") return {names(About::interface, right)};
  if (key == "nfproto" || key == "protocol") return {names(About::ip_version, right)};
  if (key == "l4proto") return {names(About::protocol, right)};
  if (key == "pkttype") return {fixed(has(right, "host") || has(right, "unicast"))};
  return {Condition{}};
}

bool asks_for_way_back(const Json& fib) {
  const auto result = text_of(fib, "result");
  return (result == "oif" || result == "oifname" || result == "check") && fib.contains("flags") && fib["flags"].is_array() &&
         has(fib["flags"].get<std::vector<Json>>(), "saddr");
}

// What the left side, equal to (one of) the right, asks of a packet.
std::vector<Condition> conditions(const Json& left, const std::vector<Json>& right) {
  if (!left.is_object() || left.empty()) return {Condition{}};
  const auto first = left.begin();
  const auto& kind = first.key();
  const auto& inner = first.value();
  if (kind == "meta" && inner.is_object()) return meta_conditions(text_of(inner, "key"), right);
  if (kind == "payload" && inner.is_object()) return payload_conditions(inner, right);
  if (kind == "ct" && inner.is_object()) {
    if (text_of(inner, "key") == "state") return {names(About::connection_state, right)};
    // A connection from outside to this PC itself has not been redirected.
    if (text_of(inner, "key") == "status" && has(right, "dnat")) return {fixed(false)};
  }
  if (kind == "fib" && inner.is_object() && text_of(inner, "result") == "type") return {fixed(has(right, "local"))};
  // "fib saddr . iif oif missing": a sender whom this PC would not answer over the same card, so none with a connection to lose.
  if (kind == "fib" && inner.is_object() && right.size() == 1 && (right[0] == false || right[0] == true) && asks_for_way_back(inner))
    return {fixed(right[0] == true)};
  // tcp flags & (fin|syn|rst|ack) == syn: the first packet of a connection.
  if (kind == "&" && right.size() == 1 && right[0] == "syn" && inner.is_array() && !inner.empty() && inner[0].is_object() &&
      inner[0].contains("payload"))
    return {Condition{About::protocol, false, {"tcp"}, {}}, fixed(true)};
  return {Condition{}};
}

std::vector<Condition> match_conditions(const Json& match, const Sets& sets, const std::string& table_key) {
  const auto op = text_of(match, "op");
  if (!match.contains("left") || !match.contains("right") || (op != "==" && op != "!=" && op != "in")) return {Condition{}};
  const auto right = listed(match["right"], sets, table_key);
  if (!right) return {Condition{}};
  auto all = conditions(match["left"], *right);
  if (op == "!=" && !all.empty()) {
    // The protocol in front ("tcp dport != 22") stays asked for; what is compared is the last one.
    auto& last = all.back();
    if (last.about == About::always)
      last.about = About::never;
    else if (last.about == About::never)
      last.about = About::always;
    else
      last.negated = last.about != About::unreadable;
  }
  return all;
}

bool set_action(const std::string& kind, const Json& inner, FilterRule& rule) {
  if (kind == "accept")
    rule.action = Action::accept;
  else if (kind == "drop" || kind == "reject")
    rule.action = Action::refuse;
  else if (kind == "return")
    rule.action = Action::back;
  else if (kind == "dnat" || kind == "redirect" || kind == "tproxy")
    rule.action = Action::send_on;
  else if (kind == "jump" || kind == "goto") {
    rule.action = kind == "jump" ? Action::jump : Action::go_to;
    rule.target = inner.is_object() ? text_of(inner, "target") : "";
  } else {
    return false;
  }
  return true;
}

// A match or target of iptables, {"type": "target", "name": "DNAT"}, without what it was told; older nft prints null. A target nobody can
// read may end either way.
void set_opaque_action(const Json& xt, FilterRule& rule) {
  if (!xt.is_object()) {
    rule.action = Action::jump;
  } else if (text_of(xt, "type") == "target") {
    rule.action = action_of_target(text_of(xt, "name"));
    rule.target.clear();
  }
}

// "ct state vmap { established : accept, ... }" is a rule for each entry.
void add_verdict_map(const Json& map, FilterRule so_far, const Sets& sets, const std::string& table_key, std::vector<FilterRule>& out) {
  const Json* data = map.contains("data") ? &map["data"] : nullptr;
  const auto entries = data && map.contains("key") ? listed(*data, sets, table_key) : std::nullopt;
  if (!entries) {
    so_far.conditions.emplace_back();
    so_far.action = Action::jump;  // to a chain that is not there: may end either way
    out.push_back(std::move(so_far));
    return;
  }
  for (const auto& entry : *entries) {
    FilterRule rule = so_far;
    if (!entry.is_array() || entry.size() != 2 || !entry[1].is_object() || entry[1].empty()) {
      rule.conditions.emplace_back();
      rule.action = Action::jump;
    } else {
      for (auto& condition : conditions(map["key"], {entry[0]})) rule.conditions.push_back(std::move(condition));
      const auto first = entry[1].begin();
      const auto& kind = first.key();
      const auto& inner = first.value();
      if (!set_action(kind, inner, rule)) continue;
    }
    out.push_back(std::move(rule));
  }
}

void add_rule(const Json& json, const Sets& sets, FilterChain& chain) {
  FilterRule rule;
  rule.place = chain.printed++;
  const auto expressions = json.find("expr");
  if (expressions == json.end() || !expressions->is_array()) return;
  const auto table_key = chain_key(text_of(json, "family"), text_of(json, "table"), "");
  for (const auto& expression : *expressions) {
    if (!expression.is_object() || expression.empty()) continue;
    const auto first = expression.begin();
    const auto& kind = first.key();
    const auto& inner = first.value();
    if (kind == "match" && inner.is_object()) {
      for (auto& condition : match_conditions(inner, sets, table_key)) rule.conditions.push_back(std::move(condition));
    } else if (kind == "vmap" && inner.is_object()) {
      add_verdict_map(inner, rule, sets, table_key, chain.rules);
      return;
    } else if (kind == "xt") {
      rule.opaque = true;
      rule.conditions.emplace_back();
      set_opaque_action(inner, rule);
    } else if (kind == "limit" || kind == "quota" || kind == "ct count") {
      rule.conditions.emplace_back();
    } else if (kind == "queue") {
      rule.conditions.emplace_back();
      rule.action = Action::jump;
    } else {
      set_action(kind, inner, rule);
    }
  }
  chain.rules.push_back(std::move(rule));
}

bool concerns_us(const Json& object) {
  const auto family = text_of(object, "family");
  return family == "ip" || family == "ip6" || family == "inet" || family == "netdev";
}

void add_chain(const Json& json, FilterRules& rules) {
  const auto family = text_of(json, "family"), table = text_of(json, "table"), name = text_of(json, "name");
  const auto hook = text_of(json, "hook");
  const bool base = (hook == "input" || hook == "prerouting" || hook == "ingress") && text_of(json, "type") == "filter";
  // nat sends on at prerouting; tproxy does so from chains of type filter there.
  const bool first = hook == "prerouting";
  rules.chains[chain_key(family, table, name)] = {family,           table, name, base, first, text_of(json, "policy") != "drop", {},
                                                  hook == "ingress"};
}

}  // namespace

platform::Result<NftRuleset> parse_nft_ruleset(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxBytes);
  if (!json) return json.error();
  if (!json->is_object() || !json->contains("nftables") || !(*json)["nftables"].is_array())
    return platform::Error{platform::ErrorKind::malformed, "nft: expected {\"nftables\": [...]}"};
  const Json& list = (*json)["nftables"];
  NftRuleset found;
  Sets sets;
  for (const auto& entry : list) {
    if (!entry.is_object() || entry.empty()) continue;
    const auto first = entry.begin();
    const auto& kind = first.key();
    const auto& inner = first.value();
    if (!inner.is_object() || !concerns_us(inner)) continue;
    if (kind == "chain") add_chain(inner, found.rules);
    if ((kind == "set" || kind == "map") && inner.contains("elem"))
      sets[chain_key(text_of(inner, "family"), text_of(inner, "table"), text_of(inner, "name"))] = inner["elem"];
  }
  for (const auto& entry : list) {
    if (!entry.is_object() || !entry.contains("rule") || !entry["rule"].is_object() || !concerns_us(entry["rule"])) continue;
    const Json& rule = entry["rule"];
    const auto chain = found.rules.chains.find(chain_key(text_of(rule, "family"), text_of(rule, "table"), text_of(rule, "chain")));
    if (chain == found.rules.chains.end()) return platform::Error{platform::ErrorKind::malformed, "nft: a rule without chain"};
    add_rule(rule, sets, chain->second);
    const bool opaque = !chain->second.rules.empty() && chain->second.rules.back().opaque;
    if (opaque && std::find(found.opaque.begin(), found.opaque.end(), chain->second.family) == found.opaque.end())
      found.opaque.push_back(chain->second.family);
  }
  return found;
}

}  // namespace gokajo::collectors::parse
