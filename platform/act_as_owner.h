/// \file
/// For commands that an administrator runs on the files of a service.
#pragma once

#include <string>

#include "platform/result.h"

namespace gokajo::platform {

/// Where this is root and `directory` belongs to somebody else, goes on as that user for good, in that user's first group and no other:
/// what is made there is the service's own, and nothing in the directory can be turned against root. Does nothing where there is no such
/// directory or this is not root. Errors: failed.
Status act_as_owner(const std::string& directory);

}  // namespace gokajo::platform
