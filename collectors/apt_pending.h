/// \file
/// What apt would change, asked to update everything, and why not where it would not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/apt_archives.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// One "Inst" or "Remv" line of `apt-get -s`: `installed` empty for a new package, `offered` empty for one that goes.
struct AptStep {
  std::string name;
  std::string architecture;
  std::string installed;
  std::string offered;
};

/// Only these two words are read; everything else apt says may be in any language. A package that stands twice counts once, in its last
/// form. Whether `text` is a whole simulation: apt closes it with "2 upgraded, 1 newly installed, 0 to remove and 3 not upgraded.", and
/// there are as many "Inst" lines as that says.
bool is_whole_apt_simulation(std::string_view text);

std::vector<AptStep> parse_apt_simulation(std::string_view text, std::string_view native);

/// Of `apt-cache policy`, by place and not by word: (name as asked, candidate version).
std::vector<std::pair<std::string, std::string>> parse_apt_policy(std::string_view text);

/// Whether pins (apt_preferences(5)) leave all these packages alone: each names packages literally, none of these, and is too low to take
/// an installed package back to an older version.
bool pins_touch_nothing(std::string_view preferences, const platform::PackageOffers& offers);

compliance::Fact<compliance::PendingUpdates> collect_apt_pending(const platform::Host& host, const platform::Result<AptArchives>& archives);

}  // namespace gokajo::collectors
