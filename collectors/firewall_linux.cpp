#include <algorithm>

#include "collectors/firewall.h"
#include "collectors/parse/iptables_save.h"
#include "collectors/parse/lines.h"
#include "collectors/parse/nft_ruleset.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::OpenSocket, compliance::PacketFilter, compliance::Reach;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::ReadFile, platform::Result, platform::RunHelper,
    platform::Seen;

namespace {

constexpr std::size_t kMaxNamed = 200;  // bytes of tables' names in an error

// nft and iptables say "Operation not permitted" or "you must be root" (LC_ALL=C.UTF-8); in a container root may lack the right too.
Error helper_error(const platform::HelperOutput& output, const char* helper) {
  const auto& text = output.err.data;
  const bool denied = text.find("not permitted") != std::string::npos || text.find("must be root") != std::string::npos ||
                      text.find("Permission denied") != std::string::npos;
  return {denied ? ErrorKind::denied : ErrorKind::failed, std::string(helper) + ": " + text.substr(0, 200)};
}

Result<FilterRules> saved_rules(const Host& host, const char* helper, const char* family) {
  const auto seen = ask(host, RunHelper{.helper = helper});
  if (!seen) return seen.error();
  if (seen->exit_code != 0) return helper_error(*seen, helper);
  if (parse::trimmed(seen->out.data).empty()) return FilterRules{};
  return parse::parse_iptables_save(seen->out.data, family);
}

// A rule that nft could not show takes what iptables-nft-save says of the rule at the same place. Only such a rule: of one that iptables
// did not write, iptables-nft-save 1.8.9 leaves out what it does not know (a set, say), and that rule would refuse too much. Where the two
// do not show the same rules, nft's stay: "may match" is true of them.
void fill_in(FilterRules& rules, const FilterRules& saved) {
  for (auto& [key, chain] : rules.chains) {
    const auto same = saved.chains.find(key);
    if (same == saved.chains.end() || same->second.rules.size() != chain.printed) continue;
    const auto agrees = [&](const FilterRule& rule) {
      const bool untold = rule.action == FilterRule::Action::jump && rule.target.empty();
      return !rule.opaque || untold || rule.action == same->second.rules[rule.place].action;
    };
    if (!std::all_of(chain.rules.begin(), chain.rules.end(), agrees)) continue;
    for (auto& rule : chain.rules)
      if (rule.opaque) rule = same->second.rules[rule.place];
  }
}

// Rules of the older iptables, which nft does not see. The file lists its tables in use; it is missing where the kernel never loaded them.
platform::Status add_legacy(const Host& host, const char* list, const char* helper, const char* family, FilterRules& rules) {
  const auto tables = ask(host, ReadFile{.path = list});
  if (!tables && tables.error().kind == ErrorKind::not_found) return platform::Done{};
  if (!tables) return tables.error();
  if (parse::trimmed(tables->bytes.data).empty()) return platform::Done{};
  auto saved = saved_rules(host, helper, family);
  if (!saved) return saved.error();
  for (auto& [key, chain] : saved->chains) {
    chain.table = "legacy-" + chain.table;
    rules.chains[chain_key(chain.family, chain.table, chain.name)] = chain;
  }
  return platform::Done{};
}

Result<FilterRules> from_nft(const Host& host, const Seen<platform::HelperOutput>& nft) {
  if (nft->exit_code != 0) return helper_error(*nft, "nft");
  auto read = parse::parse_nft_ruleset(nft->out.data);
  if (!read) return read.error();
  for (const auto& family : read->opaque) {
    const bool six = family == "ip6";
    auto saved = saved_rules(host, six ? "ip6tables-nft-save" : "iptables-nft-save", six ? "ip6" : "ip");
    if (saved && (family == "ip" || six)) fill_in(read->rules, *saved);
    // Without it the rules stay "may match", which is true.
  }
  return std::move(read->rules);
}

// bridge and arp see frames and ARP, not what an IP socket of this PC is sent.
bool may_refuse(const platform::FilterTable& table) { return table.family != "arp" && table.family != "bridge"; }

// Whether the kernel holds no table that could refuse something, or why that is not known. A missing file under /proc/net proves nothing
// where /proc/net itself is missing; /proc/net/netfilter is there wherever Linux has a packet filter (net/netfilter/core.c).
platform::Status no_tables(const Host& host, const Error& missing) {
  const auto tables = ask(host, platform::ListFilterTables{});
  if (!tables) return tables.error().kind == ErrorKind::denied ? tables.error() : missing;
  std::string named;
  for (const auto& table : tables->tables)
    if (may_refuse(table)) named += std::string(named.empty() ? "" : ", ").append(table.family).append(" ").append(table.name);
  if (!named.empty())
    return Error{ErrorKind::not_found, missing.detail + "; only nft can list the kernel's tables: " + named.substr(0, kMaxNamed)};
  const auto proc = ask(host, platform::StatFile{.path = "/proc/net/netfilter"});
  if (!proc || proc->type != platform::FileType::directory) return missing;
  return platform::Done{};
}

// Without nft: no rules, if the kernel has no table. Else nothing is known: iptables-nft-save prints "-P INPUT ACCEPT" beside a base chain
// that drops, and of a native rule in iptables' own tables less than it asks (1.8.9).
Result<FilterRules> without_nft(const Host& host, const Error& missing) {
  const auto none = no_tables(host, missing);
  if (!none) return none.error();
  return FilterRules{};
}

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

// "::" with v6_only off serves both.
Reach reach_of_socket(const platform::Listener& socket, const FilterRules& rules, bool elsewhere) {
  Packet packet{.ipv6 = socket.address.find(':') != std::string::npos && !socket.address.starts_with("::ffff:"),
                .udp = socket.protocol == platform::Protocol::udp,
                .port = socket.port,
                .elsewhere = elsewhere};
  auto reach = reach_of(packet, rules);
  if (socket.address == "::" && !socket.v6_only) {
    packet.ipv6 = false;
    const auto four = reach_of(packet, rules);
    if (four == Reach::everyone || reach == Reach::everyone) return Reach::everyone;
    if (four == Reach::some) reach = four;
  }
  return reach;
}

// What rules send on is open to others though no socket of this PC waits there (a container whose port Docker publishes).
void add_sent_on(const FilterRules& rules, std::vector<OpenSocket>& sockets) {
  for (const auto& sent : ports_sent_on(rules)) {
    const std::string protocol = sent.udp ? "udp" : "tcp", address = sent.ipv6 ? "::" : "0.0.0.0";
    const bool waits = std::any_of(sockets.begin(), sockets.end(), [&](const OpenSocket& socket) {
      return socket.protocol == protocol && socket.port == sent.port && (socket.address.find(':') != std::string::npos) == sent.ipv6;
    });
    if (!waits) sockets.push_back({protocol, address, sent.port, "", true, Reach::some, Reach::some});
  }
}

}  // namespace

Seen<FilterRules> read_filter_rules_linux(const Host& host) {
  const auto nft = ask(host, RunHelper{.helper = "nft", .arguments = {"-j", "list", "ruleset"}});
  const bool missing = !nft && nft.error().kind == ErrorKind::not_found;
  auto rules = nft ? from_nft(host, nft) : missing ? without_nft(host, nft.error()) : Result<FilterRules>(nft.error());
  const char* source = missing && rules && rules->complete ? "packet filter tables" : "nft -j list ruleset";
  const bool only_missing = !rules && rules.error().kind == ErrorKind::not_found;
  if (!rules && !only_missing) return {rules.error(), source, nft.observed_at};
  FilterRules all = rules ? std::move(*rules) : FilterRules{{}, false};
  for (const auto& [list, helper, family] : {std::tuple{"/proc/net/ip_tables_names", "iptables-legacy-save", "ip"},
                                             std::tuple{"/proc/net/ip6_tables_names", "ip6tables-legacy-save", "ip6"}})
    if (auto status = add_legacy(host, list, helper, family, all); !status) return {status.error(), list, nft.observed_at};
  if (only_missing && all.chains.empty()) return {rules.error(), source, nft.observed_at};
  return {std::move(all), source, nft.observed_at};
}

Fact<PacketFilter> packet_filter_fact(const Seen<FilterRules>& rules) {
  if (!rules) return unavailable<PacketFilter>(rules);
  return observed(summary_of(*rules), rules);
}

Fact<std::vector<OpenSocket>> open_sockets(const Host& host, const Seen<FilterRules>& rules) {
  const auto seen = ask(host, platform::ListListeners{});
  if (!seen) return unavailable<std::vector<OpenSocket>>(seen);
  std::vector<OpenSocket> sockets;
  for (const auto& socket : seen->listeners) {
    if (is_loopback(socket.address)) continue;
    OpenSocket open{socket.protocol == platform::Protocol::udp ? "udp" : "tcp",
                    socket.address,
                    socket.port,
                    socket.executable.value_or(""),
                    !socket.owner_denied,
                    Reach::not_known,
                    Reach::not_known};
    if (rules) {
      open.reach = reach_of_socket(socket, *rules, false);
      open.reach_elsewhere = reach_of_socket(socket, *rules, true);
    }
    sockets.push_back(std::move(open));
  }
  if (rules) add_sent_on(*rules, sockets);
  return observed(std::move(sockets), seen);
}

}  // namespace gokajo::collectors
