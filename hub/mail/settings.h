/// \file
/// How the hub sends mail: the office's own mailbox at its own provider, so that SPF, DKIM and DMARC stay the provider's. Read from the
/// [mail] table of hub.toml; secrets stand in files of their own, named there, never in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "hub/mail/message.h"
#include "platform/json_form.h"

namespace gokajo::hub {

/// starttls: port 587, and no mail where the server does not offer it. tls: port 465. Never without.
enum class SmtpSecurity { starttls, tls };
BOOST_DESCRIBE_ENUM(SmtpSecurity, starttls, tls)

/// password: PLAIN or LOGIN. microsoft: XOAUTH2 with a client's credentials at Microsoft Entra. google: XOAUTH2 with a refresh token.
enum class SmtpAuth { password, microsoft, google };
BOOST_DESCRIBE_ENUM(SmtpAuth, password, microsoft, google)

/// A provider's known facts (hub/mail/data/providers.json, each with its source). `host` may hold "{domain}", the sender's. `limit` mails
/// in `minutes`; 0: none known.
struct MailProvider {
  std::string id;
  std::string name;
  std::string host;
  std::int64_t port = 587;
  SmtpSecurity security = SmtpSecurity::starttls;
  SmtpAuth auth = SmtpAuth::password;
  std::int64_t limit = 0;
  std::int64_t minutes = 0;
  std::string note_ja;
  std::string note_en;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(MailProvider, (), (id, name, host, port, security, auth, limit, minutes, note_ja, note_en, source))

const std::vector<MailProvider>& mail_providers();
platform::Result<std::vector<MailProvider>> read_mail_providers(std::string_view text);

struct OAuthSettings {
  std::string token_url;  ///< https
  std::string client_id;
  std::string scope;               ///< microsoft
  std::string secret_file;         ///< the client's secret
  std::string refresh_token_file;  ///< google
};

struct MailSettings {
  std::string provider;  ///< id, or empty
  std::string host;
  std::int64_t port = 587;
  SmtpSecurity security = SmtpSecurity::starttls;
  SmtpAuth auth = SmtpAuth::password;
  std::string user;
  std::string password_file;
  std::string password;  ///< itself, where a page keeps it (hub/mail/kept_settings.h); never in a file
  std::optional<OAuthSettings> oauth;
  std::string ca_file;  ///< PEM; empty: the system's roots
  Mailbox from;
  Mailbox reply_to;
  std::int64_t limit = 0;
  std::int64_t minutes = 0;
};

/// The [mail] table with the provider's facts filled in. Without the table there is no mail server: nullopt. Error{malformed} names line
/// and key: an unknown key, a provider that is not known, an address that is none, neither provider nor host.
platform::Result<std::optional<MailSettings>> read_mail_settings(std::string_view toml);

}  // namespace gokajo::hub
