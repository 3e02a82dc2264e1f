/// \file
/// The mail that brings a link to sign in. Its link is one a person asked for, or was announced by somebody they know; the weekly mail to
/// the owner is complete without any (hub/mail/public_link.h).
#pragma once

#include "hub/mail/postmaster.h"
#include "hub/web/visit.h"

namespace gokajo::hub {

/// Subject and text.
struct LinkText {
  std::string subject;
  std::string text;
};
LinkText link_text(const LinkMail& letter);

/// Into the queue. Errors: the queue's; malformed: an address that is none.
platform::Status queue_link(MailQueue& queue, const PostmasterSettings& settings, const LinkMail& letter, Time now);

}  // namespace gokajo::hub
