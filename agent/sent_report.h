/// \file
/// The report this PC really sent last, whole, for the people whose PC it is.
#pragma once

#include <string>
#include <string_view>

#include "agent/identity.h"
#include "platform/json_form.h"

namespace gokajo::agent {

/// `evidence`: as the hub holds it; null where only differences were sent and what they differ from is not here any more.
struct SentReport {
  platform::Time scanned_at{};
  platform::Json evidence;
};

/// Error{not_found}: nothing was sent yet in this enrolment; malformed, denied, failed: the file.
platform::Result<SentReport> last_sent_report(const std::string& directory, const Enrolment& enrolment);

/// Whether evidence in JSON form has a value in that field, as compliance/collected.h names it: an answer, not an empty list, and not the
/// reason why there is none.
bool holds_field(const platform::Json& evidence, std::string_view field);

}  // namespace gokajo::agent
