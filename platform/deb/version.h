/// \file
/// The order of Debian package versions, deb-version(7) of dpkg 1.21: epoch, upstream version, revision.
#pragma once

#include <string_view>

namespace gokajo::platform::deb {

/// Negative, zero or positive, as `a` is older than, equal to or newer than `b`. Never fails: a text that is no version has some place in a
/// consistent order. Pure, any thread.
int compare_versions(std::string_view a, std::string_view b);

}  // namespace gokajo::platform::deb
