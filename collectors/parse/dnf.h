/// \file
/// What dnf prints, version 4 (RHEL 8 to 10, Fedora to 40) and 5 (Fedora 41 and later), without a terminal and in LC_ALL=C.UTF-8.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/time.h"

namespace gokajo::collectors::parse {

struct DnfOffer {
  std::string name;
  std::string architecture;
  std::string evr;
  std::string repository;
};

/// `dnf -q check-update`, `dnf5 -q check-upgrade`: rows "name.arch evr repository"; what "Obsoleting Packages" lists is left out. Long
/// names break a row in two, so words are read, not lines. nullopt when a row has another form.
std::optional<std::vector<DnfOffer>> dnf_offers(std::string_view text);

/// The table of `dnf upgrade --assumeno`.
struct DnfTransaction {
  std::vector<DnfOffer> installs;  ///< come newly
  std::vector<DnfOffer> changes;   ///< upgraded or downgraded
  std::vector<DnfOffer> removals;  ///< go, or are replaced by another package
  std::vector<DnfOffer> skipped;   ///< left out for conflicts or broken dependencies
};
/// nullopt when no table was printed (dnf refused, or another form). "Nothing to do." is an empty table.
std::optional<DnfTransaction> dnf_transaction(std::string_view text);

/// A row of advisories that are not installed: one package a row.
struct DnfAdvisory {
  std::string id;
  std::string name;
  std::string evr;
  std::string architecture;
  std::optional<platform::Time> updated;
};
/// `dnf -q updateinfo list --security`: "ID severity/Sec. nevra". nullopt when a row has another form.
std::optional<std::vector<DnfAdvisory>> dnf_advisories(std::string_view text);
/// `dnf5 -q advisory list --security --json`: [{"name", "type", "severity", "nevra", "buildtime": "2024-04-19 21:20:20"}].
std::optional<std::vector<DnfAdvisory>> dnf5_advisories(std::string_view json);

/// `dnf -q updateinfo info --security`: "Update ID: …" and "Updated: …" of each advisory (libsolv keeps the later of issued and updated).
std::map<std::string, platform::Time> dnf_advisory_dates(std::string_view text);

}  // namespace gokajo::collectors::parse
