/// \file
/// What dnf and zypper share: installed packages, and the repositories with the age of their cached indexes.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "collectors/parse/rpm.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// By `rpm -qa`. An empty database is Error{failed}: no PC of the rpm families has none.
platform::Seen<std::vector<parse::RpmPackage>> installed_rpm_packages(const platform::Host& host);

/// The installed version of a package, the newest installed where there are several (kernels); empty when there is none.
std::string installed_version(const std::vector<parse::RpmPackage>& packages, const std::string& name, const std::string& architecture);

enum class IndexFolders {
  by_id,           ///< CACHE/<id>/repodata (zypper)
  by_id_and_hash,  ///< CACHE/<id>-<16 hexadecimal digits>/repodata (dnf 4 and 5)
};

/// `unfetched`: ids of enabled repositories without an index on this PC; while there is one, "nothing is missing" proves nothing.
/// `with_advisories`: ids whose index has an updateinfo. `excluding`: whether some repository leaves packages out.
struct RpmRepositories {
  compliance::Fact<compliance::UpdateSources> sources;
  std::vector<std::string> unfetched;
  std::set<std::string> with_advisories;
  std::vector<std::string> indexes;  ///< paths of repomd.xml, for RunHelper::unchanged_while
  bool excluding = false;
};
RpmRepositories rpm_repositories(const platform::Host& host, compliance::PackageManager manager, const std::string& folder,
                                 const std::string& cache, IndexFolders layout);

}  // namespace gokajo::collectors
