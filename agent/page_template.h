/// \file
/// The pages of agent/templates, compiled in.
#pragma once

#include <string>
#include <string_view>

namespace gokajo::agent {

/// "report.html"; empty where there is none of that name.
std::string page_template(std::string_view name);

}  // namespace gokajo::agent
