/// \file
/// Whether Windows' own remote desktop waits for other PCs.
#pragma once

#include "compliance/check.h"

namespace gokajo::compliance {

/// By its settings: off too where the edition has no host of it (Home), whatever the settings say.
enum class RemoteDesktop { off, on, not_known };
RemoteDesktop remote_desktop_of(const Evidence& evidence);

/// The finding for not_known.
Finding remote_desktop_unread(const Evidence& evidence);

}  // namespace gokajo::compliance
