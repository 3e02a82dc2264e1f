/// \file
/// Whether dnf's own timers install updates: dnf-automatic(8) of dnf 4, dnf5-automatic(8).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/device.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// [commands] of automatic.conf. `apply`: apply_updates, default no. `upgrade_type`: "default", "security", dnf 5 also "distro-sync"; "?"
/// where another value stands, which each version treats in its own way.
struct DnfAutomatic {
  compliance::Tristate apply = compliance::Tristate::no;
  std::string upgrade_type = "default";
  friend bool operator==(const DnfAutomatic&, const DnfAutomatic&) = default;
};

/// What a file (reduced by "dnf_automatic") says, over what was said before.
DnfAutomatic parse_dnf_automatic(std::string_view text, DnfAutomatic before = {});

/// Whether the fixes of this system come as advisories, so that an upgrade of type "security" installs them: by the repositories of the
/// base system, as the distributions name them (baseos and appstream, Fedora's updates); without any of those, by all repositories.
compliance::Tristate advisories_reach_base(const compliance::UpdateSources& sources);

compliance::Fact<compliance::AutomaticUpdates> collect_dnf_automatic(const platform::Host& host,
                                                                     const compliance::Fact<compliance::UpdateSources>& sources,
                                                                     const compliance::Fact<compliance::OsRelease>& os, bool dnf5);

}  // namespace gokajo::collectors
