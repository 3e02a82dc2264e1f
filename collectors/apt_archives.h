/// \file
/// apt's sources and what it has of their indexes: sources.list(5) in both forms, the files of /var/lib/apt/lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/device.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// One archive: an address and a suite. A suite ending in "/" is a flat repository. Only what holds binary packages ("deb").
struct AptSource {
  std::string uri;
  std::string suite;
  std::vector<std::string> components;
  bool enabled = true;
};

/// Lines and stanzas that are not as the manual says are left out. At most 1000.
std::vector<AptSource> parse_apt_list(std::string_view text);
std::vector<AptSource> parse_apt_deb822(std::string_view text);

/// What a Release file says of its archive; a missing field is empty.
struct AptRelease {
  std::string origin, label, suite, codename;
  bool not_automatic = false;
  bool but_automatic_upgrades = false;
  std::optional<compliance::Time> date, valid_until;
};
AptRelease parse_apt_release(std::string_view text);

/// How apt names the files of an archive in /var/lib/apt/lists: the address without access, user and password, quoted, "/" as "_".
std::string apt_list_prefix(const AptSource& source);

struct AptArchive {
  AptSource source;
  AptRelease release;
  compliance::SourceState state = compliance::SourceState::never_fetched;
  compliance::Tristate security = compliance::Tristate::unknown;
  std::optional<compliance::Time> fetched_at;
  std::vector<std::string> lists;  ///< names of its Packages files
};

/// yes: the archive for security fixes; no: another archive of a distribution that has one; unknown: a third party's, testing, unstable.
compliance::Tristate is_security_archive(const AptSource& source, const AptRelease& release);

struct AptArchives {
  std::vector<AptArchive> archives;
  std::string source;
  compliance::Time observed_at{};
};

/// Error: a sources file or the directory of lists that is there and cannot be read.
platform::Result<AptArchives> collect_apt_archives(const platform::Host& host);

/// The same as evidence, with the archives of security fixes that the release needs and no source names.
compliance::Fact<compliance::UpdateSources> apt_sources_fact(const platform::Result<AptArchives>& archives,
                                                             const compliance::Fact<compliance::OsRelease>& os, compliance::Time now);

}  // namespace gokajo::collectors
