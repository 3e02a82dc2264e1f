/// \file
/// What zypper prints with --xmlout, and of a patch's description (which has no XML of its own).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/time.h"

namespace gokajo::collectors::parse {

/// <update kind="package" …> of list-updates.
struct ZypperOffer {
  std::string name;
  std::string architecture;
  std::string evr;
  std::string installed;
};
/// nullopt when it is not such a stream.
std::optional<std::vector<ZypperOffer>> zypper_offers(std::string_view xml);

/// <update kind="patch" …> of list-patches that is needed and of category security.
struct ZypperPatch {
  std::string name;
  std::optional<platform::Time> issued;
};
std::optional<std::vector<ZypperPatch>> zypper_security_patches(std::string_view xml);

/// <install-summary> of update or dist-upgrade --dry-run. A stream without one has nothing to do, unless it says that it failed.
struct ZypperTransaction {
  std::vector<ZypperOffer> installs;
  std::vector<ZypperOffer> changes;
  std::vector<ZypperOffer> removals;
};
std::optional<ZypperTransaction> zypper_transaction(std::string_view xml);

/// `zypper info -t patch NAME…`: below "Conflicts" stand the packages a patch fixes, "hana.x86_64 < 1.1-1": any below that version lacks
/// it.
struct ZypperFix {
  std::string patch;
  std::string package;
  std::string architecture;  ///< empty: any
  std::string fixed_in;
};
std::vector<ZypperFix> zypper_fixes(std::string_view text);

/// Names of <lock>s on packages (zypper --xmlout locks); they may hold the wildcards * and ?.
std::optional<std::vector<std::string>> zypper_locks(std::string_view xml);

/// Whether a name fits a lock's pattern.
bool matches_glob(std::string_view pattern, std::string_view name);

}  // namespace gokajo::collectors::parse
