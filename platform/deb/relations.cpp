#include "platform/deb/relations.h"

#include <algorithm>

#include "platform/deb/version.h"

namespace gokajo::platform::deb {
namespace {

constexpr std::size_t kMaxGroups = 5000;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n\r") - first + 1);
}

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool consists_of(std::string_view text, std::string_view others) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [&](char c) { return is_alphanumeric(c) || others.find(c) != std::string_view::npos; });
}

bool is_relation(std::string_view text) { return text == "<<" || text == "<=" || text == "=" || text == ">=" || text == ">>"; }

// What dpkg takes for a name and a version (lib/dpkg/parsehelp.c of dpkg 1.21). A name nobody can have is no package that is not there:
// what was meant is not known, and a conflict with it must not count as none.
bool parse_one(std::string_view text, Relation& into) {
  text = trimmed(text);
  if (const auto paren = text.find('('); paren != std::string_view::npos) {
    const auto close = text.find(')', paren);
    if (close != text.size() - 1) return false;  // also: restrictions to an architecture or a profile, which no installed package has
    const auto inside = trimmed(text.substr(paren + 1, close - paren - 1));
    const auto end = inside.find_first_not_of("<>=");
    if (end == std::string_view::npos) return false;
    into.relation = inside.substr(0, end);
    into.version = trimmed(inside.substr(end));
    if (!is_relation(into.relation) || !consists_of(into.version, ".+~:-")) return false;
    text = trimmed(text.substr(0, paren));
  }
  if (const auto colon = text.find(':'); colon != std::string_view::npos) {
    into.qualifier = text.substr(colon + 1);
    if (!consists_of(into.qualifier, "-")) return false;
    text = text.substr(0, colon);
  }
  into.name = text;
  return consists_of(text, "-+._") && is_alphanumeric(text.front());
}

bool version_fits(std::string_view version, const Relation& wanted) {
  if (wanted.relation.empty()) return true;
  if (version.empty()) return false;  // an unversioned Provides satisfies no versioned relation
  const int order = compare_versions(version, wanted.version);
  if (wanted.relation == ">=") return order >= 0;
  if (wanted.relation == "<=") return order <= 0;
  if (wanted.relation == ">>") return order > 0;
  if (wanted.relation == "<<") return order < 0;
  return wanted.relation == "=" && order == 0;
}

struct Present {
  std::string_view version;
  const PackageRelations* package;
};
using PresentByName = std::unordered_map<std::string_view, std::vector<Present>>;

bool add_provided(const PackageRelations& package, PresentByName& present) {
  std::vector<std::vector<Relation>> groups;
  if (!parse_relations(package.provides, groups)) return false;
  for (const auto& group : groups) {
    if (group.size() != 1 || (!group[0].relation.empty() && group[0].relation != "=")) return false;
    present[group[0].name].push_back({group[0].version, &package});
  }
  return true;
}

bool holds(const std::vector<Relation>& group, const PresentByName& present) {
  return std::any_of(group.begin(), group.end(), [&](const Relation& wanted) {
    // Every package here is of one architecture, so :any and :native ask nothing more; another one is not here.
    if (!wanted.qualifier.empty() && wanted.qualifier != "any" && wanted.qualifier != "native") return false;
    const auto found = present.find(wanted.name);
    return found != present.end() &&
           std::any_of(found->second.begin(), found->second.end(), [&](const Present& one) { return version_fits(one.version, wanted); });
  });
}

bool depends_hold(const PackageRelations& package, const PresentByName& present) {
  std::vector<std::vector<Relation>> groups;
  return parse_relations(package.depends, groups) &&
         std::all_of(groups.begin(), groups.end(), [&](const auto& group) { return holds(group, present); });
}

// apt installs what is newly recommended; what the version before already recommended in vain it leaves.
bool wants_nothing_new(const PackageRelations& package, const PresentByName& present) {
  if (!package.changed) return true;
  std::vector<std::vector<Relation>> groups, before;
  if (!parse_relations(package.recommends, groups) || !parse_relations(package.before_recommends, before)) return false;
  const auto known = [&](const std::vector<Relation>& group) {
    return std::any_of(before.begin(), before.end(), [&](const auto& old) {
      return std::equal(group.begin(), group.end(), old.begin(), old.end(), [](const Relation& a, const Relation& b) {
        return a.name == b.name && a.relation == b.relation && a.version == b.version;
      });
    });
  };
  return std::all_of(groups.begin(), groups.end(), [&](const auto& group) { return holds(group, present) || known(group); });
}

bool conflicts_with_nobody(const PackageRelations& package, const PresentByName& present) {
  std::vector<std::vector<Relation>> groups;
  if (!parse_relations(package.conflicts, groups)) return false;
  for (const auto& group : groups)
    for (const auto& unwanted : group) {
      const auto found = present.find(unwanted.name);
      if (found == present.end()) continue;
      for (const auto& one : found->second)
        if (one.package != &package && version_fits(one.version, unwanted)) return false;
    }
  return true;
}

}  // namespace

bool parse_relations(std::string_view text, std::vector<std::vector<Relation>>& into) {
  text = trimmed(text);
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    auto group_text = trimmed(text.substr(0, comma));
    text = trimmed(text.substr(std::min(comma + 1, text.size())));
    if (group_text.empty()) continue;
    std::vector<Relation> group;
    while (!group_text.empty()) {
      const auto bar = std::min(group_text.find('|'), group_text.size());
      Relation one;
      if (!parse_one(group_text.substr(0, bar), one) || group.size() >= kMaxGroups) return false;
      group.push_back(one);
      group_text = group_text.substr(std::min(bar + 1, group_text.size()));
    }
    into.push_back(std::move(group));
    if (into.size() > kMaxGroups) return false;
  }
  return true;
}

bool stand_together(const std::vector<PackageRelations>& packages) {
  PresentByName present;
  present.reserve(packages.size() * 2);
  for (const auto& package : packages) {
    present[package.name].push_back({package.version, &package});
    if (!add_provided(package, present)) return false;
  }
  return std::all_of(packages.begin(), packages.end(), [&](const PackageRelations& package) {
    return depends_hold(package, present) && conflicts_with_nobody(package, present) && wants_nothing_new(package, present);
  });
}

}  // namespace gokajo::platform::deb
