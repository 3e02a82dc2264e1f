/// \file
/// A page's answer that is a file to keep.
#pragma once

#include <string>

#include "hub/http.h"

namespace gokajo::hub {

/// `name`: of ASCII letters, digits, hyphens and dots. `type`: of its content.
HttpReply file_reply(const std::string& name, const char* type, std::string bytes);

}  // namespace gokajo::hub
