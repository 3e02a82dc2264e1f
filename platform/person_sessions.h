/// \file
/// For the service: where somebody is signed in at this PC, and starting this program for them, with their rights and at their desktop.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "platform/result.h"

namespace gokajo::platform {

/// Sessions with somebody signed in, whether at the screen, from afar or in the background. Errors: unsupported, failed.
Result<std::vector<std::int64_t>> signed_in_sessions();

/// Starts this program there with `words`, as whoever is signed in: with their rights (of an administrator the everyday ones), their
/// environment, in System32, with no window of its own, holding nothing of ours. Not waited for. Error{not_found}: nobody is signed in
/// there now; denied: only the system itself may.
Status start_for_session(std::int64_t session, const std::vector<std::string>& words);

}  // namespace gokajo::platform
