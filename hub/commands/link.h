/// \file
/// What commands say of the link in mails.
#pragma once

#include "hub/commands/command.h"
#include "hub/mail/public_link.h"

namespace gokajo::hub {

/// That it may stand in mails, to standard output; or why it may not, to standard error.
void tell_of_link(const Session& session, const std::string& url, const std::optional<LinkFailure>& failure);

}  // namespace gokajo::hub
