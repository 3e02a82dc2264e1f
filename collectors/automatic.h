/// \file
/// What the collectors of automatic updates share.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// yes when one of the paths is there, no when none is, unknown when that cannot be seen.
compliance::Tristate is_there(const platform::Host& host, std::initializer_list<std::string> paths);

/// Of several mechanisms that may install updates, the one that says most: one that surely does, then one that may, then one that is at
/// least there. The earlier of two that say the same. Not empty.
compliance::AutomaticUpdates best_of(std::vector<compliance::AutomaticUpdates> found);

}  // namespace gokajo::collectors
