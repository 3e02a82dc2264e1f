/// \file
/// Sockets that wait for connections in this network namespace, from NETLINK_SOCK_DIAG (sock_diag(7)), with their owners from /proc.
#pragma once

#include "platform/question.h"

namespace gokajo::platform {

/// TCP in state LISTEN, UDP without a peer. Errors: denied or failed when the kernel does not answer.
Result<Listeners> list_listeners();

}  // namespace gokajo::platform
