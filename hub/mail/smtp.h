/// \file
/// One mail to one server, by libcurl: TLS 1.2 or newer with chain and name checked, AUTH only inside it, nothing in clear, no redirect.
#pragma once

#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "compliance/text.h"
#include "hub/mail/settings.h"

namespace gokajo::hub {

/// Why a mail did not go. address: the server knows no such recipient. rejected: it refused mail or sender for good. later: it asks to come
/// back. oauth: no token was given for it.
enum class SmtpProblem { name, connection, no_starttls, certificate, tls, login, address, rejected, later, timeout, secret, oauth, other };
BOOST_DESCRIBE_ENUM(SmtpProblem, name, connection, no_starttls, certificate, tls, login, address, rejected, later, timeout, secret, oauth,
                    other)

/// `code`: the server's last reply, 0 for none. `detail`: for logs; holds no secret.
struct SmtpFailure {
  SmtpProblem problem = SmtpProblem::other;
  long code = 0;
  std::string detail;
};

/// Whether trying again can help without anybody doing something.
bool may_pass(SmtpProblem problem);

/// What it means and what to do, for a person who set it up: two sentences.
compliance::Text explanation(const SmtpFailure& failure);

/// What the mailbox is opened with, read anew for each run: a password, or an access token.
struct SmtpSecret {
  std::string password;
  std::string token;
};

/// nullopt: the server took it over. Blocks for at most 60 s.
std::optional<SmtpFailure> send_by_smtp(const MailSettings& settings, const SmtpSecret& secret, const std::string& recipient,
                                        const std::string& message);

}  // namespace gokajo::hub
