/// \file
/// Programs that make backups, and when each last did.
#pragma once

#include <optional>
#include <string_view>

#include "compliance/evidence/backup.h"
#include "compliance/evidence/sign_in_windows.h"
#include "platform/host.h"

namespace gokajo::collectors {

compliance::Backup collect_backup_linux(const platform::Host& host);

/// Services of known products, and OneDrive where it keeps the desktop or documents of one of these people. `homes_seen` is absent where
/// somebody's settings could not be read.
compliance::Backup collect_backup_windows(const platform::Host& host,
                                          const compliance::Fact<std::vector<compliance::WindowsProfile>>& people);

/// "2026-11-20T03:00:05.123456", with "Z", "+0900" or "+09:00" behind it or nothing (UTC, as borg writes it). nullopt when it is not one.
std::optional<platform::Time> parse_moment(std::string_view text);

}  // namespace gokajo::collectors
