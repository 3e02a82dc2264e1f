/// \file
/// What the pages of SCS ★3 share: the overview (scs3.cpp) and each requirement's own (scs3_requirement.cpp).
#pragma once

#include <string>

#include "hub/scs3/view.h"
#include "hub/web/parts.h"

namespace gokajo::hub {

/// Of the overview, or of one requirement.
inline std::string scs_path(const Visit& visit, const std::string& requirement = {}) {
  return company_path(visit) + "/scs3" + (requirement.empty() ? "" : "/" + requirement);
}

/// Where a criterion stands on the page of its requirement.
inline std::string place_of(const ScsCriterion& criterion) { return "k-" + criterion.id; }

/// As the company is now. Errors: the store's; a pack this program does not know.
platform::Result<ScsView> scs_view_of(Visit& visit);

}  // namespace gokajo::hub
