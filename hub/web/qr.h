/// \file
/// QR codes as pictures of a page.
#pragma once

#include <string>

namespace gokajo::hub {

/// Black squares that need no picture file: SVG in a data address. Empty where the text is longer than any QR code.
std::string qr_picture(const std::string& text);

}  // namespace gokajo::hub
