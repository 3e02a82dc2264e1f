/// \file
/// Saying something to a person who started this program by a click, where what it writes is seen by nobody.
#pragma once

#include <string>

namespace gokajo::platform {

/// Whether this program was started by a click or by Windows at sign-in: it has a console window to itself, or neither a console nor
/// anywhere to write to (Windows 11 24H2 and later, console allocation policy "detached"). Nowhere else than on Windows.
bool started_by_click();

/// Where this program was started by a click: shows `text` in a window until the person closes it, and
/// says true. False: it was started otherwise, and nothing was shown.
bool tell_in_window(const std::string& text);

}  // namespace gokajo::platform
