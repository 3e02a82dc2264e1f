/// \file
/// What others say back to us, fit for a log: mail servers and token endpoints repeat what they were told, passwords too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gokajo::hub {

/// `text` with "***" in the place of every secret: as it is, as in a URL, and whole words that are base64 of something that holds it. Cut
/// texts afterwards, not before: half a secret is not found. Empty secrets count for nothing.
std::string without_secrets(std::string_view text, const std::vector<std::string>& secrets);

}  // namespace gokajo::hub
