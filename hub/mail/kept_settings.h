/// \file
/// The mail server as a person set it on a page. Order: hub.toml, then this, then none: where the file has a [mail] table, the page is not
/// looked at and changes nothing. The password is sealed under the pepper (hub/web/sealed.h), which is in no backup.
#pragma once

#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "hub/mail/settings.h"
#include "hub/secrets.h"
#include "hub/store.h"

namespace gokajo::hub {

/// As it was typed, but for the password. `provider` empty: host, port and security count. Password sign-in only; what needs more stands in
/// hub.toml.
struct KeptMail {
  std::string provider;
  std::string host;
  std::int64_t port = 587;
  SmtpSecurity security = SmtpSecurity::starttls;
  std::string user;
  std::string from;
  std::string from_name;
};
BOOST_DESCRIBE_STRUCT(KeptMail, (), (provider, host, port, security, user, from, from_name))

/// The name of the field that cannot be so ("host", "port", "from", "provider", "from_name", "user"); empty: it can be used.
std::string problem_of(const KeptMail& kept);

/// nullopt: nobody set one.
platform::Result<std::optional<KeptMail>> kept_mail(Store& store);
/// nullopt takes it out, with its password.
platform::Status keep_mail(Store& store, const std::optional<KeptMail>& kept);
platform::Status keep_mail_password(Store& store, const Pepper& pepper, const std::string& password);
/// Whether there is one that this hub can open: after a restore without the pepper there is none.
platform::Result<bool> has_mail_password(Store& store, const Pepper& pepper);

enum class MailOrigin { none, page, file };

struct MailInForce {
  std::optional<MailSettings> settings;
  MailOrigin origin = MailOrigin::none;
};
/// `directory`: the hub's. Errors: hub.toml cannot be read (its place), or the store.
platform::Result<MailInForce> mail_in_force(const std::string& directory, Store& store, const Pepper& pepper);

/// A test mail somebody wants, and what came of it. The page asks for it; the mails' thread sends it, so that no page waits for a server.
/// `done`: it was tried; `sent`, or why not in both languages.
struct MailTest {
  std::string to;
  std::string wanted_at;
  bool done = false;
  bool sent = false;
  compliance::Text why;
};
BOOST_DESCRIBE_STRUCT(MailTest, (), (to, wanted_at, done, sent, why))

platform::Result<std::optional<MailTest>> mail_test(Store& store);
platform::Status keep_mail_test(Store& store, const MailTest& test);

/// The mail itself. Used by `gokajo-hub mail test` too.
platform::Result<std::string> test_message(const MailSettings& settings, const std::string& to, compliance::Language language, Time now);

}  // namespace gokajo::hub
