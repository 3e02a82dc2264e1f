/// \file
/// Saying something to a person who started this program by a click, where what it writes is seen by nobody.
#pragma once

#include <string>

namespace gokajo::platform {

/// Where this program has no terminal but a console window that goes when it ends: shows `text` in a window until the person closes it, and
/// says true. False: there is a terminal, and nothing was shown.
bool tell_in_window(const std::string& text);

}  // namespace gokajo::platform
