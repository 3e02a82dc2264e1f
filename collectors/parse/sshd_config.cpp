#include "collectors/parse/sshd_config.h"

#include <algorithm>
#include <array>

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {
namespace {

// Words between blanks or after "=", double quotes taken off, up to a comment.
std::vector<std::string> arguments(std::string_view line) {
  std::string spaced;
  bool quoted = false, keyword = true;
  for (const char c : trimmed(line)) {
    if (c == '"') {
      quoted = !quoted;
      continue;
    }
    if (c == '#' && !quoted && (spaced.empty() || spaced.back() == ' ')) break;
    // "Keyword=value" is allowed for the keyword alone; a Match criterion takes it too.
    spaced += (c == '=' && !quoted && keyword) || c == '\t' ? ' ' : c;
    if (c == ' ' || c == '\t') keyword = false;
  }
  return words(spaced);
}

void add(std::vector<std::string>& to, std::string value) {
  if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(std::move(value));
}

// Patterns of one criterion; a negated one ("!10.0.0.0/8") only takes away, and an ordinary visitor stands for what is left.
void add_criterion(SshMatches& matches, const std::string& name, std::string_view patterns) {
  for (const auto raw : fields(patterns, ',')) {
    const auto pattern = trimmed(raw);
    if (pattern.empty() || pattern == "*") continue;
    const bool negated = pattern.starts_with('!');
    const std::string plain(negated ? pattern.substr(1) : pattern);
    const bool wild = plain.find_first_of("*?") != std::string::npos;
    if (name == "address") {
      if (const auto example = example_address(plain))
        add(matches.addresses, *example);
      else
        matches.understood = false;
    } else if (name == "user" || name == "group") {
      if (wild)
        matches.understood = matches.understood && negated;
      else
        add(name == "user" ? matches.users : matches.groups, plain);
    } else {
      matches.understood = false;
    }
  }
}

std::optional<std::string> example_of_ipv6(std::string_view network) {
  std::string address(network);
  if (address.ends_with("::")) return address + "1";
  return address.find("::") != std::string::npos || std::count(address.begin(), address.end(), ':') == 7 ? std::optional(address)
                                                                                                         : std::nullopt;
}

}  // namespace

std::optional<std::string> example_address(std::string_view pattern) {
  const auto slash = pattern.find('/');
  auto address = pattern.substr(0, slash);
  if (address.find(':') != std::string_view::npos) {
    if (address.find_first_of("*?") != std::string_view::npos) return std::nullopt;
    return example_of_ipv6(address);
  }
  std::array<std::string, 4> part{"0", "0", "0", "1"};
  const auto given = fields(address, '.');
  if (given.size() > 4) return std::nullopt;
  for (std::size_t i = 0; i < given.size(); ++i) {
    if (given[i] == "*") {
      part[i] = i == 3 ? "1" : "0";
      continue;
    }
    if (!number(given[i])) return std::nullopt;
    part[i] = std::string(given[i]);
  }
  if (given.size() < 4 && (given.empty() || given.back() != "*")) return std::nullopt;
  const auto bits = slash == std::string_view::npos ? std::optional<std::int64_t>(32) : number(pattern.substr(slash + 1));
  if (!bits || *bits > 32) return std::nullopt;
  if (*bits < 31 && part[3] == "0") part[3] = "1";
  return part[0] + "." + part[1] + "." + part[2] + "." + part[3];
}

SshMatches parse_sshd_matches(std::string_view text) {
  SshMatches matches;
  for (const auto line : lines(text)) {
    const auto word = arguments(line);
    if (word.empty()) continue;
    const auto keyword = lower(word[0]);
    if (keyword == "include") matches.includes.insert(matches.includes.end(), word.begin() + 1, word.end());
    if (keyword != "match") continue;
    for (std::size_t i = 1; i < word.size(); ++i) {
      const auto equals = word[i].find('=');
      const auto name = lower(word[i].substr(0, equals));
      if (name == "all") continue;
      if (equals != std::string::npos)
        add_criterion(matches, name, std::string_view(word[i]).substr(equals + 1));
      else if (i + 1 < word.size())
        add_criterion(matches, name, word[++i]);
      else
        matches.understood = false;
    }
  }
  return matches;
}

std::map<std::string, std::string, std::less<>> parse_sshd_effective(std::string_view text) {
  std::map<std::string, std::string, std::less<>> effective;
  for (const auto line : lines(text)) {
    const auto blank = line.find(' ');
    if (blank != std::string_view::npos) effective.emplace(lower(line.substr(0, blank)), std::string(trimmed(line.substr(blank))));
  }
  return effective;
}

bool accepts_password(const std::map<std::string, std::string, std::less<>>& effective) {
  const auto is = [&](std::string_view key, std::string_view value) {
    const auto found = effective.find(key);
    return found != effective.end() && found->second == value;
  };
  const bool interactive = is("kbdinteractiveauthentication", "yes") || is("challengeresponseauthentication", "yes");
  if (!is("passwordauthentication", "yes") && !(interactive && is("usepam", "yes"))) return false;
  const auto methods = effective.find("authenticationmethods");
  if (methods == effective.end()) return true;
  for (const auto& list : words(methods->second)) {
    const auto needed = fields(list, ',');
    const bool password_is_enough = std::all_of(needed.begin(), needed.end(), [](std::string_view method) {
      return method == "any" || method == "none" || method == "password" || method.starts_with("keyboard-interactive");
    });
    if (password_is_enough) return true;
  }
  return false;
}

}  // namespace gokajo::collectors::parse
