/// \file
/// A demo's folder is marked for good: such a hub sends nothing and takes nothing from PCs (its table of Windows updates is partly
/// invented).
#pragma once

#include <string>

#include "platform/result.h"

namespace gokajo::hub::demo {

bool is_demo(const std::string& directory);
platform::Status mark_demo(const std::string& directory);

}  // namespace gokajo::hub::demo
