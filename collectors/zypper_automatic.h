/// \file
/// Whether a PC with zypper installs updates by itself: os-update(8), transactional-update(8), or the cron job of YaST.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compliance/evidence/device.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// The last assignment NAME=value of a file that a shell reads; absent where there is none, "?" where the shell would expand or do more.
std::optional<std::string> parse_shell_setting(std::string_view text, std::string_view name);

compliance::Fact<compliance::AutomaticUpdates> collect_zypper_automatic(const platform::Host& host,
                                                                        const compliance::Fact<compliance::UpdateSources>& sources,
                                                                        const compliance::Fact<compliance::OsRelease>& os);

}  // namespace gokajo::collectors
