/// \file
/// What sshd would let visitors do, asked of sshd itself for every kind of visitor its configuration tells apart.
#pragma once

#include "compliance/evidence/sharing.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// not_found: no sshd on this PC. Without root: denied (sshd -T needs the host keys). Asks at most kMaxSshCases times.
inline constexpr std::size_t kMaxSshCases = 24;
compliance::Fact<compliance::SshServer> collect_ssh_linux(const platform::Host& host);

}  // namespace gokajo::collectors
