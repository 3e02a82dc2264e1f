/// \file
/// What rpm and the repositories of the rpm families print and keep: installed packages, names with versions, repository files, repomd.xml.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/time.h"

namespace gokajo::collectors::parse {

/// One line of `rpm -qa --qf kRpmFormat`.
struct RpmPackage {
  std::string name;
  std::string architecture;
  std::string evr;  ///< "[epoch:]version-release"
  std::string vendor;
  std::optional<platform::Time> installed_at;
};
inline constexpr const char* kRpmFormat = R"(%{NAME}\t%{ARCH}\t%{EVR}\t%{VENDOR}\t%{INSTALLTIME}\n)";
/// nullopt when a line has another form. gpg-pubkey entries (keys, no packages) are left out.
std::optional<std::vector<RpmPackage>> rpm_packages(std::string_view text);

/// "hana-1:1.1-1.el9.noarch". nullopt when it is not of that form.
struct Nevra {
  std::string name;
  std::string evr;
  std::string architecture;
};
std::optional<Nevra> nevra(std::string_view text);

/// Below 0, 0 or above 0, as rpm orders "[epoch:]version-release" (rpm-version(7)): numbers as numbers, "~" before everything, "^" after.
int compare_evr(std::string_view a, std::string_view b);

/// Rows of `rpm -qf --qf kRpmOwnerFormat FILE...`; what it says of files without an owner is no row.
inline constexpr const char* kRpmOwnerFormat = R"(%{NAME}\t%{EVR}\n)";
struct RpmOwner {
  std::string name;
  std::string evr;
  friend bool operator==(const RpmOwner&, const RpmOwner&) = default;
};
std::vector<RpmOwner> rpm_owners(std::string_view text);

/// The sections of a repository file, in order; further lines of a value are joined with a blank.
struct Section {
  std::string id;
  std::map<std::string, std::string> values;
};
std::vector<Section> sections(std::string_view text);

/// dnf.conf(5): "1, 0, True, False, yes, no"; a missing value is `otherwise`.
bool is_on(const Section& section, const std::string& key, bool otherwise);

/// What repomd.xml says: when the index was made (its newest timestamp, or a revision that is a time), and whether it has advisories.
struct RepositoryIndex {
  std::optional<platform::Time> made;
  bool has_advisories = false;
};
/// nullopt when it is no repomd.xml.
std::optional<RepositoryIndex> repository_index(std::string_view xml);

}  // namespace gokajo::collectors::parse
