/// \file
/// Monthly updates for the demo's Windows: those this program knows, and invented ones for the months it does not know yet, so that a demo
/// looks the same whenever it is made. Their source says that they are invented. They must never judge a real PC: a demo takes none
/// (hub/demo/marker.h).
#pragma once

#include "compliance/windows_levels.h"

namespace gokajo::hub::demo {

/// The demo's Windows 11.
inline constexpr std::int64_t kBuild = 26200;

/// Of a later version than the one compiled in where a month was invented, else the same.
compliance::WindowsLevels levels_until(platform::Time now);

}  // namespace gokajo::hub::demo
