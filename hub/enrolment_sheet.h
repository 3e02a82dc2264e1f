/// \file
/// What a person takes to a PC: where the hub is, how it is known, the code, and what to tell the employees.
#pragma once

#include <string>

#include "compliance/text.h"
#include "hub/records.h"
#include "hub/state.h"

namespace gokajo::hub {

/// `code` in clear, eight characters. A QR code of blocks is part of it.
std::string enrolment_sheet(const Company& company, const Code& code, const std::string& clear_code, const Serving& serving,
                            compliance::Language language);

/// What to tell the employees in a few lines, the first a heading that begins with "■" or "==".
std::string short_notice(const Company& company, compliance::Language language);

/// "name:port" of the first name, with brackets where it is an IPv6 address.
std::string place_of(const Serving& serving);

/// "gokajo://enrol?hub=<name>:<port>&pin=<sha256//...>&code=<code>", every value percent-encoded.
std::string enrolment_link(const std::string& clear_code, const Serving& serving);

}  // namespace gokajo::hub
