/// \file
/// What the checks on shared folders have in common: is an SMB server there, is it the one we can read, can other machines reach it.
#pragma once

#include <optional>

#include "compliance/check.h"

namespace gokajo::compliance {

/// The finding when the shares cannot or need not be judged (nothing served, another server, facts absent); nullopt when they can.
std::optional<Finding> smb_not_judged(const Evidence& evidence);

/// Turns what was found wrong with a served share into the verdict that who can reach it allows: fail while other machines can, pass while
/// the packet filter keeps all of them out, unknown while that could not be read.
Finding smb_fail(const Evidence& evidence, Finding failing);

/// An item per share: name, path, where it is defined.
Parameters share_item(const SambaShare& share);

}  // namespace gokajo::compliance
