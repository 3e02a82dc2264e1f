#include "platform/windows/allowed.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "platform/pattern.h"

namespace gokajo::platform {
namespace {

struct RegistryRule {
  std::string_view key;
  std::string_view values;
};

constexpr RegistryRule kRegistry[] = {
#define GOKAJO_REGISTRY(key, values, purpose) {key, values},
#include "platform/windows/registry_keys.inc"
#undef GOKAJO_REGISTRY
};

struct WmiRule {
  std::string_view name_space;
  std::string_view class_name;
  int deadline;
  std::string_view names;
};

constexpr WmiRule kWmi[] = {
#define GOKAJO_WMI(name_space, class_name, deadline, names) {name_space, class_name, deadline, names},
#include "platform/windows/wmi_classes.inc"
#undef GOKAJO_WMI
};

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

// The next piece of `list` up to `separator`, cut off it.
std::string_view next(std::string_view& list, char separator) {
  const auto end = std::min(list.find(separator), list.size());
  const auto piece = list.substr(0, end);
  list.remove_prefix(std::min(end + 1, list.size()));
  return piece;
}

// One part of a key: * stands for any piece of it.
bool part_fits(std::string_view pattern, std::string_view part) {
  if (pattern == "%USER%") return part.starts_with("S-1-") && part.find_first_not_of("S0123456789-") == std::string_view::npos;
  return fits(pattern, part, '\\', Letters::any_case);
}

// How many parts of `key` lie below `pattern`; nullopt: it is another key.
std::optional<std::int64_t> below(std::string_view pattern, std::string_view key) {
  while (!pattern.empty()) {
    if (key.empty() || !part_fits(next(pattern, '\\'), next(key, '\\'))) return std::nullopt;
  }
  return key.empty() ? 0 : 1 + std::count(key.begin(), key.end(), '\\');
}

enum class Allowed { no, known_of, whole };

Allowed allowed_in(std::string_view list, std::string_view value) {
  while (!list.empty()) {
    auto name = next(list, ';');
    const bool known_of = name.ends_with('!');
    if (known_of) name.remove_suffix(1);
    if (name == "*" || same(name, value)) return known_of ? Allowed::known_of : Allowed::whole;
  }
  return Allowed::no;
}

bool listed(std::string_view list, std::string_view name) { return allowed_in(list, name) == Allowed::whole; }

}  // namespace

const std::vector<ApiEntry>& all_apis() {
  static const std::vector<ApiEntry> apis = {
#define GOKAJO_API(name, deadline, in_probe) {name, std::chrono::seconds{deadline}, in_probe},
#include "platform/windows/apis.inc"
#undef GOKAJO_API
  };
  return apis;
}

const ApiEntry* find_api(std::string_view name) {
  const auto& apis = all_apis();
  const auto found = std::find_if(apis.begin(), apis.end(), [&](const ApiEntry& api) { return api.name == name; });
  return found == apis.end() ? nullptr : &*found;
}

Result<std::chrono::seconds> deadline_of(const AskWmi& question) {
  const auto* rule = std::find_if(std::begin(kWmi), std::end(kWmi), [&](const WmiRule& one) {
    return same(one.name_space, question.name_space) && one.class_name == question.class_name;
  });
  const auto refused = [&](const std::string& what) {
    return Error{ErrorKind::denied, question.name_space + ":" + question.class_name + what + ": not on the list of what is asked"};
  };
  if (rule == std::end(kWmi)) return refused("");
  for (const auto& property : question.properties)
    if (!listed(rule->names, property)) return refused("." + property);
  for (const auto& method : question.methods)
    if (!listed(rule->names, method.name)) return refused("." + method.name);
  if (!question.where_property.empty() && !listed(rule->names, question.where_property)) return refused("." + question.where_property);
  if (question.where_text.find_first_of("'\"\\") != std::string::npos) return refused(" where");
  return std::chrono::seconds{rule->deadline};
}

Status may_ask(const ReadRegistry& question) {
  constexpr std::int64_t kDeepest = 3;
  const auto refused = [&](const std::string& what) {
    return Status(Error{ErrorKind::denied, question.key + what + ": not on the list of what is read"});
  };
  if (question.depth < 0 || question.depth > kDeepest) return refused(" so deep");
  bool known = false;
  for (const auto& rule : kRegistry)
    known = known || below(rule.key, question.key) == 0 || (question.values.empty() && below(question.key, rule.key));
  if (!known) return refused("");
  for (const auto& value : question.values) {
    const bool may = std::any_of(std::begin(kRegistry), std::end(kRegistry), [&](const RegistryRule& rule) {
      return below(rule.key, question.key) == 0 && allowed_in(rule.values, value) != Allowed::no;
    });
    if (!may) return refused("\\" + value);
  }
  return Done{};
}

bool is_known_of_only(const std::string& key, const std::string& value) {
  return std::any_of(std::begin(kRegistry), std::end(kRegistry),
                     [&](const RegistryRule& rule) { return below(rule.key, key) && allowed_in(rule.values, value) == Allowed::known_of; });
}

}  // namespace gokajo::platform
