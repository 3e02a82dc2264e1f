#include "collectors/parse/zypper.h"

#include <sstream>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>

#include "collectors/parse/lines.h"

namespace gokajo::collectors::parse {
namespace {

using Tree = boost::property_tree::ptree;

// zypper's streams nest six deep; a deeper one is no answer of zypper's, and the parser recurses.
constexpr int kMaxDepth = 32;

bool too_deep(std::string_view xml) {
  int depth = 0;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    if (at + 1 >= xml.size()) return false;
    const auto end = xml.find('>', at);
    if (end == std::string_view::npos) return false;
    if (xml[at + 1] == '/')
      --depth;
    else if (xml[at + 1] != '?' && xml[at + 1] != '!' && xml[end - 1] != '/' && ++depth > kMaxDepth)
      return true;
  }
  return false;
}

std::optional<Tree> stream(std::string_view xml) {
  if (too_deep(xml)) return std::nullopt;
  Tree tree;
  try {
    std::istringstream in{std::string(xml)};
    boost::property_tree::read_xml(in, tree);
  } catch (const boost::property_tree::ptree_error&) {
    return std::nullopt;
  }
  const auto found = tree.get_child_optional("stream");
  if (!found) return std::nullopt;
  return *found;
}

std::string attribute(const Tree& element, const std::string& name) { return element.get<std::string>("<xmlattr>." + name, ""); }

bool failed(const Tree& stream) {
  for (const auto& [name, child] : stream)
    if (name == "message" && attribute(child, "type") == "error") return true;
  return false;
}

// Calls `take` for each element of that name anywhere below.
template <class Take>
void each(const Tree& tree, const std::string& wanted, const Take& take) {
  for (const auto& [name, child] : tree) {
    if (name == wanted) take(child);
    if (name != "<xmlattr>") each(child, wanted, take);
  }
}

ZypperOffer offer(const Tree& element) {
  return {attribute(element, "name"), attribute(element, "arch"), attribute(element, "edition"), attribute(element, "edition-old")};
}

bool has_updates(const Tree& tree) { return !failed(tree) && tree.get_child_optional("update-status"); }

}  // namespace

std::optional<std::vector<ZypperOffer>> zypper_offers(std::string_view xml) {
  const auto tree = stream(xml);
  if (!tree || !has_updates(*tree)) return std::nullopt;
  std::vector<ZypperOffer> offers;
  each(*tree, "update", [&](const Tree& element) {
    if (attribute(element, "kind") == "package") offers.push_back(offer(element));
  });
  return offers;
}

std::optional<std::vector<ZypperPatch>> zypper_security_patches(std::string_view xml) {
  const auto tree = stream(xml);
  if (!tree || !has_updates(*tree)) return std::nullopt;
  std::vector<ZypperPatch> patches;
  each(*tree, "update", [&](const Tree& element) {
    if (attribute(element, "kind") != "patch" || attribute(element, "category") != "security") return;
    if (attribute(element, "status") != "needed") return;
    ZypperPatch patch{attribute(element, "name"), std::nullopt};
    if (const auto seconds = number(element.get<std::string>("issue-date.<xmlattr>.time_t", "")))
      patch.issued = platform::time_from_unix(*seconds);
    patches.push_back(std::move(patch));
  });
  return patches;
}

std::optional<ZypperTransaction> zypper_transaction(std::string_view xml) {
  const auto tree = stream(xml);
  if (!tree || failed(*tree)) return std::nullopt;
  ZypperTransaction table;
  const auto summary = tree->get_child_optional("install-summary");
  if (!summary) return table;
  for (const auto& [name, section] : *summary) {
    auto* rows = name == "to-install" ? &table.installs : name == "to-remove" ? &table.removals : nullptr;
    if (name.starts_with("to-upgrade") || name.starts_with("to-downgrade") || name.starts_with("to-change-arch")) rows = &table.changes;
    if (!rows) continue;
    each(section, "solvable", [&](const Tree& element) {
      if (attribute(element, "type") == "package") rows->push_back(offer(element));
    });
  }
  return table;
}

std::vector<ZypperFix> zypper_fixes(std::string_view text) {
  std::vector<ZypperFix> fixes;
  std::string patch;
  bool below_conflicts = false;
  for (const auto line : lines(text)) {
    auto rest = trimmed(line);
    const bool indented = !line.empty() && line.front() == ' ';
    if (!indented) {
      const auto colon = line.find(" : ");
      const auto key = trimmed(line.substr(0, std::min(colon, line.size())));
      rest = colon == std::string_view::npos ? std::string_view{} : trimmed(line.substr(colon + 3));
      if (key == "Name") patch = std::string(rest);
      below_conflicts = key == "Conflicts";
    }
    if (!below_conflicts) continue;
    const auto word = words(rest);
    // "srcpackage:hana < 1.1-1" speaks of sources; "[12]" counts the lines that follow.
    if (word.size() != 3 || word[1] != "<" || word[0].find(':') != std::string::npos || word[0].ends_with(".src")) continue;
    const auto dot = word[0].rfind('.');
    const std::string tail = dot == std::string::npos ? "" : word[0].substr(dot + 1);
    const bool with_architecture = tail == "noarch" || tail == "x86_64" || tail == "i586" || tail == "i686" || tail == "aarch64" ||
                                   tail == "ppc64le" || tail == "s390x";
    fixes.push_back({patch, with_architecture ? word[0].substr(0, dot) : word[0], with_architecture ? tail : "", word[2]});
  }
  return fixes;
}

std::optional<std::vector<std::string>> zypper_locks(std::string_view xml) {
  const auto tree = stream(xml);
  if (!tree || failed(*tree) || !tree->get_child_optional("locks")) return std::nullopt;
  std::vector<std::string> names;
  each(*tree, "lock", [&](const Tree& element) {
    if (element.get<std::string>("type", "package") == "package") names.push_back(element.get<std::string>("name", ""));
  });
  return names;
}

bool matches_glob(std::string_view pattern, std::string_view name) {
  std::size_t p = 0, n = 0, star = std::string_view::npos, from = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++, from = n;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == name[n])) {
      ++p, ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1, n = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace gokajo::collectors::parse
