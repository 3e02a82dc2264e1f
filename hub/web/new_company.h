/// \file
/// Companies made on a page.
#pragma once

#include "hub/web/visit.h"

namespace gokajo::hub {

/// With the hub's defaults and a random id, which stands in addresses only. Recorded.
platform::Result<Company> make_company(Visit& visit, const std::string& name);

}  // namespace gokajo::hub
