#include <algorithm>
#include <set>

#include "collectors/apt_pending.h"
#include "collectors/parse/lines.h"

namespace gokajo::collectors {
namespace {

constexpr std::size_t kMaxSteps = 20000;

// What stands between the first `open` and the next `close`, or nothing.
std::string_view between(std::string_view text, char open, char close) {
  const auto begin = text.find(open);
  if (begin == std::string_view::npos) return {};
  const auto end = text.find(close, begin);
  if (end == std::string_view::npos) return {};
  return text.substr(begin + 1, end - begin - 1);
}

std::optional<AptStep> step_of(std::string_view line, std::string_view native) {
  const bool install = line.starts_with("Inst "), remove = line.starts_with("Remv ");
  if (!install && !remove) return std::nullopt;
  line.remove_prefix(5);
  AptStep step;
  const auto full = line.substr(0, line.find(' '));
  const auto colon = full.find(':');
  step.name = full.substr(0, colon);
  step.architecture = colon == std::string_view::npos ? native : full.substr(colon + 1);
  const auto rest = line.substr(full.size());
  const auto paren = rest.find('(');
  step.installed = between(rest.substr(0, paren), '[', ']');
  if (install) {
    // "(1.1 Debian-Security:bookworm-security [amd64])"
    const auto offer = between(rest, '(', ')');
    step.offered = offer.substr(0, offer.find(' '));
    const auto bracket = offer.rfind('[');
    if (bracket != std::string_view::npos) step.architecture = between(offer.substr(bracket), '[', ']');
    if (step.offered.empty()) return std::nullopt;
  } else if (step.installed.empty()) {
    return std::nullopt;
  }
  if (step.name.empty()) return std::nullopt;
  return step;
}

// A priority that never takes a package back: apt_preferences(5), 1000 and above would.
bool low_priority(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto value = parse::number(text);
  return value && *value < 1000;
}

}  // namespace

bool pins_touch_nothing(std::string_view preferences, const platform::PackageOffers& offers) {
  for (const auto line : parse::lines(preferences)) {
    const auto text = parse::trimmed(line);
    if (text.empty() || text.starts_with('#') || text.starts_with("Explanation:") || text.starts_with("Pin:")) continue;
    const auto colon = text.find(':');
    const auto value = colon == std::string_view::npos ? std::string_view{} : parse::trimmed(text.substr(colon + 1));
    if (text.starts_with("Pin-Priority:")) {
      if (!low_priority(value)) return false;
    } else if (text.starts_with("Package:")) {
      // Stars, regular expressions, source packages and architectures are left to apt.
      if (value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+-. ") != std::string_view::npos) return false;
      for (const auto& name : parse::words(value))
        if (std::any_of(offers.offers.begin(), offers.offers.end(), [&](const auto& offer) { return offer.name == name; })) return false;
    } else {
      return false;
    }
  }
  return true;
}

bool is_whole_apt_simulation(std::string_view text) {
  std::set<std::string> installs;  // a package may be unpacked twice
  std::int64_t announced = -1;
  for (const auto line : parse::lines(text)) {
    if (line.starts_with("Inst "))
      installs.insert(parse::words(line.substr(5, 512)).empty() ? "" : parse::words(line.substr(5, 512)).front());
    if (!line.ends_with(" not upgraded.") || line.find(" upgraded, ") == std::string_view::npos) continue;
    announced = 0;
    const auto words = parse::words(line);
    for (std::size_t i = 1; i < words.size(); ++i)
      if (words[i] == "upgraded," || words[i] == "newly" || words[i] == "reinstalled," || words[i] == "downgraded,")
        announced += parse::number(words[i - 1]).value_or(0);
  }
  return announced == static_cast<std::int64_t>(installs.size());
}

std::vector<AptStep> parse_apt_simulation(std::string_view text, std::string_view native) {
  std::vector<AptStep> steps;
  for (const auto line : parse::lines(text))
    if (auto step = step_of(line, native); step && steps.size() < kMaxSteps) steps.push_back(std::move(*step));
  return steps;
}

// A block is "name:", then four indented lines or more: installed, candidate, (pin,) the table of versions, whatever they are called.
std::vector<std::pair<std::string, std::string>> parse_apt_policy(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> found;
  std::string name;
  int line_in_block = 0;
  for (const auto line : parse::lines(text)) {
    if (!line.empty() && line[0] != ' ') {
      name = line.ends_with(':') ? line.substr(0, line.size() - 1) : std::string_view{};
      line_in_block = 0;
      continue;
    }
    if (++line_in_block != 2 || name.empty() || found.size() >= kMaxSteps) continue;
    const auto colon = line.find(": ");
    if (colon != std::string_view::npos) found.emplace_back(name, parse::trimmed(line.substr(colon + 2)));
  }
  return found;
}

}  // namespace gokajo::collectors
