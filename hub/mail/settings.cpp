#include "hub/mail/settings.h"

#include <algorithm>
#include <cassert>
#include <span>

#include "hub/toml.h"
#include "platform/embedded.h"

namespace gokajo::embedded {
std::span<const File> hub_mail_data();
}

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Json, platform::Place, platform::Result;

namespace {

constexpr std::size_t kMaxBytes = 1U << 20U;
constexpr const char* kProvidersFormat = "gokajo-mail-providers/1";
constexpr const char* kMicrosoftScope = "https://outlook.office365.com/.default";
constexpr const char* kGoogleTokens = "https://oauth2.googleapis.com/token";

Error wrong(const toml::node& node, const std::string& key, const std::string& what) {
  return {ErrorKind::malformed, "line " + std::to_string(node.source().begin.line) + ": mail." + key + ": " + what};
}

// Takes strings and numbers out of a table, and remembers which keys were known.
class Reader {
 public:
  Reader(const toml::table& table, std::string prefix) : table_(table), prefix_(std::move(prefix)) {}

  void text(const char* key, std::string& out) {
    known_.emplace_back(key);
    const auto* node = table_.get(key);
    if (!node || error_) return;
    const auto value = node->value_exact<std::string>();
    if (!value || value->find_first_of("\r\n") != std::string::npos)
      error_ = wrong(*node, prefix_ + key, "expected text in one line");
    else
      out = *value;
  }
  void number(const char* key, std::int64_t& out, std::int64_t most) {
    known_.emplace_back(key);
    const auto* node = table_.get(key);
    if (!node || error_) return;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < 1 || *value > most)
      error_ = wrong(*node, prefix_ + key, "expected a number from 1 to " + std::to_string(most));
    else
      out = *value;
  }
  template <class E>
  void choice(const char* key, E& out, const char* names) {
    std::string name;
    text(key, name);
    if (!error_ && !name.empty() && !boost::describe::enum_from_string(name.c_str(), out))
      error_ = wrong(*table_.get(key), prefix_ + key, std::string("expected ") + names);
  }
  void address(const char* key, std::string& out) {
    text(key, out);
    if (!error_ && !out.empty() && !is_mail_address(out)) error_ = wrong(*table_.get(key), prefix_ + key, "expected name@domain");
  }
  void table(const char* key) { known_.emplace_back(key); }

  std::optional<Error> finish() {
    for (const auto& [key, node] : table_)
      if (!error_ && std::find(known_.begin(), known_.end(), key.str()) == known_.end())
        error_ = wrong(node, prefix_ + std::string(key.str()), "unknown key");
    return error_;
  }

 private:
  const toml::table& table_;
  std::string prefix_;
  std::vector<std::string> known_;
  std::optional<Error> error_;
};

const MailProvider* provider_named(const std::string& id) {
  for (const auto& provider : mail_providers())
    if (provider.id == id) return &provider;
  return nullptr;
}

std::string domain_of(const std::string& address) { return address.substr(std::min(address.size(), address.find('@') + 1)); }

void take_provider(const MailProvider& provider, MailSettings& settings) {
  settings.host = provider.host;
  settings.port = provider.port;
  settings.security = provider.security;
  settings.auth = provider.auth;
  settings.limit = provider.limit;
  settings.minutes = provider.minutes;
}

Result<OAuthSettings> read_oauth(const toml::table& table, SmtpAuth auth) {
  OAuthSettings oauth;
  std::string tenant;
  Reader reader(table, "oauth.");
  reader.text("tenant", tenant);
  reader.text("token_url", oauth.token_url);
  reader.text("client_id", oauth.client_id);
  reader.text("client_secret_file", oauth.secret_file);
  reader.text("refresh_token_file", oauth.refresh_token_file);
  if (auto error = reader.finish()) return *error;
  const auto fault = [&](const char* what) { return wrong(table, "oauth", what); };
  if (auth == SmtpAuth::microsoft) oauth.scope = kMicrosoftScope;
  if (oauth.token_url.empty() && auth == SmtpAuth::google) oauth.token_url = kGoogleTokens;
  if (oauth.token_url.empty() && auth == SmtpAuth::microsoft) {
    const bool word = !tenant.empty() &&
                      tenant.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") == std::string::npos;
    if (!word) return fault("expected tenant, the directory's id or domain");
    oauth.token_url = "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token";
  }
  if (!oauth.token_url.starts_with("https://")) return fault("token_url: expected https://");
  if (oauth.client_id.empty() || oauth.secret_file.empty()) return fault("expected client_id and client_secret_file");
  if (auth == SmtpAuth::google && oauth.refresh_token_file.empty()) return fault("expected refresh_token_file");
  return oauth;
}

}  // namespace

Result<std::vector<MailProvider>> read_mail_providers(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxBytes);
  if (!json) return json.error();
  const Place top{"mail providers"};
  if (!json->is_object() || json->value("format", Json()) != kProvidersFormat)
    return platform::misplaced(top.key("format"), std::string("expected \"") + kProvidersFormat + "\"");
  std::vector<MailProvider> providers;
  if (auto status = platform::read_form(json->value("providers", Json()), providers, top.key("providers")); !status) return status.error();
  return providers;
}

const std::vector<MailProvider>& mail_providers() {
  static const std::vector<MailProvider> all = [] {
    for (const auto& file : embedded::hub_mail_data())
      if (file.name == "providers.json")
        if (auto read = read_mail_providers(file.text)) return std::move(*read);
    assert(false);  // compiled in, and read by a test
    return std::vector<MailProvider>{};
  }();
  return all;
}

Result<std::optional<MailSettings>> read_mail_settings(std::string_view text) {
  if (text.size() > kMaxBytes) return Error{ErrorKind::too_large, "hub.toml: more than " + std::to_string(kMaxBytes) + " bytes"};
  const auto parsed = toml_tree(text);
  if (!parsed) return parsed.error();
  const auto& whole = *parsed;
  const auto* node = whole.get("mail");
  if (!node) return std::optional<MailSettings>{};
  const auto* table = node->as_table();
  if (!table) return wrong(*node, "", "expected a table, [mail]");
  MailSettings settings;
  if (const auto* id = table->get("provider")) {
    settings.provider = id->value_or(std::string());
    const auto* provider = provider_named(settings.provider);
    if (!provider) {
      std::string known;
      for (const auto& one : mail_providers()) known += (known.empty() ? "" : ", ") + one.id;
      return wrong(*id, "provider", "expected one of " + known);
    }
    take_provider(*provider, settings);
  }
  Reader reader(*table, "");
  reader.table("provider");
  reader.table("oauth");
  reader.text("host", settings.host);
  reader.number("port", settings.port, 65535);
  reader.choice("security", settings.security, "starttls or tls");
  reader.choice("auth", settings.auth, "password, microsoft or google");
  reader.text("user", settings.user);
  reader.text("password_file", settings.password_file);
  reader.text("ca_file", settings.ca_file);
  reader.address("from", settings.from.address);
  reader.text("from_name", settings.from.name);
  reader.address("reply_to", settings.reply_to.address);
  reader.number("limit", settings.limit, 1000000);
  reader.number("minutes", settings.minutes, 10080);
  if (auto error = reader.finish()) return *error;
  if (settings.from.address.empty()) return wrong(*table, "from", "missing: the address that mails come from");
  if (settings.user.empty()) settings.user = settings.from.address;
  if (const auto mark = settings.host.find("{domain}"); mark != std::string::npos)
    settings.host.replace(mark, std::string("{domain}").size(), domain_of(settings.from.address));
  const bool word =
      !settings.host.empty() &&
      settings.host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") == std::string::npos;
  if (!word) return wrong(*table, "host", "expected the name of the provider's outgoing mail server");
  if (settings.auth == SmtpAuth::password && settings.password_file.empty())
    return wrong(*table, "password_file", "missing: the file that holds the password");
  if (settings.auth != SmtpAuth::password) {
    const auto* oauth = table->get("oauth") ? table->get("oauth")->as_table() : nullptr;
    if (!oauth) return wrong(*table, "oauth", "missing: a table [mail.oauth]");
    auto read = read_oauth(*oauth, settings.auth);
    if (!read) return read.error();
    settings.oauth = std::move(*read);
  }
  return std::optional(std::move(settings));
}

}  // namespace gokajo::hub
