/// \file
/// The mail that says that the hub had not run when one was due: since when, what came in all the same, what changed meanwhile, what is
/// now.
#pragma once

#include "hub/mail/weekly_text.h"

namespace gokajo::hub {

/// `week` has an outage.
MailText late_text(const Weekly& week, compliance::Language language, Detail detail);

}  // namespace gokajo::hub
