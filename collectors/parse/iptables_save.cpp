#include "collectors/parse/iptables_save.h"

#include <array>

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {
namespace {

using About = Condition::About;
using Action = FilterRule::Action;
constexpr std::size_t kMaxLines = 200000;

// Words of a rule; "..." keeps blanks, \" stands for itself.
std::vector<std::string> rule_words(std::string_view line) {
  std::vector<std::string> found;
  std::string word;
  bool quoted = false, any = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted && c == '\\' && i + 1 < line.size()) {
      word += line[++i];
    } else if (c == '"') {
      quoted = !quoted;
      any = true;
    } else if (!quoted && (c == ' ' || c == '\t')) {
      if (any) found.push_back(std::move(word));
      word.clear();
      any = false;
    } else {
      word += c;
      any = true;
    }
  }
  if (any) found.push_back(std::move(word));
  return found;
}

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> names;
  for (const auto name : fields(text, ',')) names.push_back(lower(name));
  return names;
}

Condition ports(std::string_view text) {
  Condition condition{About::port, false, {}, {}};
  for (const auto part : fields(text, ',')) {
    const auto colon = part.find(':');
    const auto first = number(part.substr(0, colon)), last = colon == std::string_view::npos ? first : number(part.substr(colon + 1));
    if (!first || !last) return {};
    condition.ranges.emplace_back(*first, *last);
  }
  return condition;
}

// Addresses of groups are not this PC's own.
bool is_group_address(std::string_view address) {
  return address.starts_with("ff") || address.starts_with("224.") || address.starts_with("239.") || address.starts_with("255.255.255.255");
}

Condition protocol(const std::string& text) {
  const auto name = lower(text);
  if (name == "all" || name == "0") return {About::always, false, {}, {}};
  return {About::protocol, false, {name == "6" ? "tcp" : name == "17" ? "udp" : name}, {}};
}

// What option `option` with its value asks; nullopt for options that ask nothing.
std::optional<Condition> condition_of(const std::string& option, const std::string& value) {
  if (option == "-i") return Condition{About::interface, false, {value}, {}};
  if (option == "-s") return Condition{About::source, false, {}, {}};
  if (option == "-d") return is_group_address(value) ? Condition{About::never, false, {}, {}} : Condition{};
  if (option == "-p") return protocol(value);
  if (option == "--dport" || option == "--dports") return ports(value);
  if (option == "--sport" || option == "--sports") return Condition{About::source, false, {}, {}};
  if (option == "--ctstate" || option == "--state") return Condition{About::connection_state, false, listed(value), {}};
  if (option == "--dst-type") return Condition{lower(value) == "local" ? About::always : About::never, false, {}, {}};
  // ICMP is not what is asked about, and a new connection of ours has no routing header.
  if (option == "--icmp-type" || option == "--icmpv6-type" || option == "--rt-type") return Condition{About::never, false, {}, {}};
  // rpfilter, inverted: a sender whom this PC would not answer over the same card, so none with a connection to lose.
  if (option == "--invert") return Condition{About::never, false, {}, {}};
  if (option == "--comment" || option == "--loose" || option == "--validmark" || option == "--accept-local") return std::nullopt;
  return Condition{};
}

// Options of targets say how, not whether.
bool belongs_to_target(std::string_view option) {
  return option.starts_with("--reject") || option.starts_with("--log") || option.starts_with("--nflog") || option.starts_with("--set-") ||
         option.starts_with("--ulog") || option.starts_with("--to-") || option == "--to" || option.starts_with("--on-") ||
         option.starts_with("--tproxy-") || option == "--random" || option == "--persistent";
}

FilterRule rule_of(const std::vector<std::string>& words) {
  FilterRule rule;
  bool negated = false;
  for (std::size_t i = 2; i < words.size(); ++i) {
    const auto& word = words[i];
    const auto value = i + 1 < words.size() ? words[i + 1] : std::string();
    if (word == "!") {
      negated = true;
      continue;
    }
    if (word == "-m") {
      // A match without options of its own decides too ("-m rt" has some; "-m limit" always).
      ++i;
    } else if (word == "-j" || word == "-g") {
      rule.action = word == "-g" ? Action::go_to : action_of_target(value);
      rule.target = value;
      ++i;
    } else if (word == "--syn") {
      rule.conditions.push_back({negated ? About::never : About::always, false, {}, {}});
    } else if (word == "--tcp-flags") {
      const bool opening = i + 2 < words.size() && words[i + 2] == "SYN";
      rule.conditions.push_back(opening ? Condition{negated ? About::never : About::always, false, {}, {}} : Condition{});
      i += 2;
    } else if (word.starts_with('-') && !belongs_to_target(word)) {
      if (auto condition = condition_of(word, value)) {
        const bool fixed = condition->about == About::never || condition->about == About::always;
        if (negated && fixed) condition->about = condition->about == About::never ? About::always : About::never;
        condition->negated = negated && !fixed;
        rule.conditions.push_back(std::move(*condition));
      }
      if (!value.starts_with('-') && value != "!") ++i;
    }
    negated = false;
  }
  return rule;
}

}  // namespace

FilterRule::Action action_of_target(std::string_view target) {
  // iptables-extensions(8): these change or note the packet, and the next rule is asked.
  static constexpr std::array<std::string_view, 16> kGoOn = {"LOG",  "NFLOG",    "ULOG", "MARK",    "CONNMARK", "TCPMSS",
                                                             "DSCP", "CHECKSUM", "CT",   "NOTRACK", "TRACE",    "CLASSIFY",
                                                             "TOS",  "TTL",      "HL",   "SECMARK"};
  if (target == "ACCEPT") return Action::accept;
  if (target == "DROP" || target == "REJECT") return Action::refuse;
  if (target == "RETURN") return Action::back;
  if (target == "DNAT" || target == "REDIRECT" || target == "TPROXY" || target == "NETMAP") return Action::send_on;
  for (const auto name : kGoOn)
    if (target == name) return Action::none;
  return Action::jump;  // a chain; a target we do not know has no chain, and that may end either way
}

platform::Result<FilterRules> parse_iptables_save(std::string_view text, std::string_view family) {
  FilterRules rules;
  std::string table;
  std::size_t count = 0;
  for (const auto line : lines(text)) {
    if (++count > kMaxLines) return platform::Error{platform::ErrorKind::too_large, "iptables-save: too many lines"};
    if (line.starts_with('*')) {
      table = std::string(trimmed(line.substr(1)));
    } else if (line.starts_with(':') && !table.empty()) {
      const auto part = words(line.substr(1));
      if (part.size() < 2) return platform::Error{platform::ErrorKind::malformed, "iptables-save: a chain without policy"};
      // nat's chains change addresses and refuse nothing.
      const bool base = (part[0] == "INPUT" || part[0] == "PREROUTING") && table != "nat";
      const bool first = part[0] == "PREROUTING" && table != "raw";  // raw sends nothing on
      rules.chains[chain_key(family, table, part[0])] = {std::string(family), table, part[0], base, first, part[1] != "DROP", {}};
    } else if (line.starts_with("-A ")) {
      const auto word = rule_words(line);
      const auto chain = word.size() < 2 ? rules.chains.end() : rules.chains.find(chain_key(family, table, word[1]));
      if (chain == rules.chains.end()) return platform::Error{platform::ErrorKind::malformed, "iptables-save: a rule without chain"};
      chain->second.rules.push_back(rule_of(word));
    }
  }
  if (table.empty()) return platform::Error{platform::ErrorKind::malformed, "iptables-save: no table"};
  return rules;
}

}  // namespace gokajo::collectors::parse
