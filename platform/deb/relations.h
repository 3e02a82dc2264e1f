/// \file
/// Relations between Debian packages (deb-control(5), deb822): whether a set of packages can stand beside one another as it is.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gokajo::platform::deb {

/// The fields of one package version that say what it needs and what it does not suffer. `before_recommends`: of the version it replaces.
struct PackageRelations {
  std::string name;
  std::string version;
  std::string depends;  ///< Pre-Depends and Depends
  std::string recommends;
  std::string before_recommends;
  std::string conflicts;  ///< Conflicts and Breaks
  std::string provides;
  bool changed = false;  ///< it is newer than what is installed
};

/// One alternative of a relation: "name:qualifier (relation version)".
struct Relation {
  std::string_view name;
  std::string_view qualifier;
  std::string_view relation;  ///< empty, or one of << <= = >= >>
  std::string_view version;
};

/// Groups of alternatives ("a | b, c"): all groups must hold, one alternative of each suffices. False when the text is no such list.
bool parse_relations(std::string_view text, std::vector<std::vector<Relation>>& into);

/// Whether all these packages can be installed together with no other: every dependency holds, nobody conflicts with anybody, and nothing
/// is newly recommended by a changed package that is not there. What is not understood is false. All of one architecture.
bool stand_together(const std::vector<PackageRelations>& packages);

}  // namespace gokajo::platform::deb
