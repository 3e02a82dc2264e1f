/// \file
/// Which settings of the checks a company may change, and between which values: those of compliance/setting_range.h.
#pragma once

#include "compliance/policy.h"
#include "compliance/setting_range.h"

namespace gokajo::hub {

using compliance::range_of, compliance::setting_ranges, compliance::SettingRange;

/// Error{malformed} with the place of the first setting out of its range: "settings[2].value: expected 1 to 30".
platform::Status all_in_range(const compliance::Policy& policy);

}  // namespace gokajo::hub
