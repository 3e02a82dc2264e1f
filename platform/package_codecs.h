/// \file
/// The compressions in which package managers of Linux keep their lists, beside those of codec.h itself: gzip, xz, LZ4. Where there are
/// none of them (Windows) their libraries would only make the program larger: what is compressed so is unsupported there.
#pragma once

#include "platform/codec.h"

namespace gokajo::platform {

/// For data that begins with `start`; nothing where it is none of these.
Result<std::unique_ptr<Codec>> package_codec(std::string_view start);

}  // namespace gokajo::platform
