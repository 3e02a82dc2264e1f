/// \file
/// The HTML part of a mail, from the same blocks as its text: no picture, no link, no script, readable at 375 px. Pure.
#pragma once

#include <string>

#include "compliance/text.h"
#include "hub/mail/composer.h"

namespace gokajo::hub {

std::string mail_html(const MailText& mail, compliance::Language language);

}  // namespace gokajo::hub
