/// \file
/// The shares of Samba and what strangers may do with them, as smbd decides it: smb.conf(5), net(8) USERSHARE, and the rights of the
/// folders.
#pragma once

#include "compliance/evidence/sharing.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// not_found: no smbd on this PC. A testparm that fails (a registry it cannot open) is failed: then no share is known.
compliance::Fact<compliance::Samba> collect_samba_linux(const platform::Host& host);

}  // namespace gokajo::collectors
