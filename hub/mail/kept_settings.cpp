#include "hub/mail/kept_settings.h"

#include <algorithm>

#include "hub/post_office.h"
#include "hub/web/sealed.h"

namespace gokajo::hub {

using platform::ErrorKind, platform::Result, platform::Status;

namespace {

constexpr const char* kMail = "mail";
constexpr const char* kPassword = "mail.password";
constexpr const char* kTest = "mail.test";
constexpr std::size_t kMaxValue = 64U << 10U;

// A value that was written as a form; nullopt: there is none.
template <class T>
Result<std::optional<T>> read_value(Store& store, const char* name) {
  const auto text = store.hub_value(name);
  if (!text && text.error().kind == ErrorKind::not_found) return std::optional<T>();
  if (!text) return text.error();
  const auto json = platform::parse_json(*text, kMaxValue);
  if (!json) return json.error();
  T value;
  if (auto status = platform::read_form(*json, value, platform::Place{name}); !status) return status.error();
  return std::optional<T>(std::move(value));
}

const MailProvider* provider_named(const std::string& id) {
  for (const auto& provider : mail_providers())
    if (provider.id == id) return &provider;
  return nullptr;
}

bool is_host(const std::string& host) {
  return !host.empty() && host.size() <= 200 &&
         host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") == std::string::npos;
}

bool is_line(const std::string& text) {
  return text.size() <= 200 &&
         std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// `kept` must be one that can be used.
MailSettings settings_of(const KeptMail& kept, std::string password) {
  MailSettings settings;
  settings.provider = kept.provider;
  settings.host = kept.host;
  settings.port = kept.port;
  settings.security = kept.security;
  if (const auto* provider = provider_named(kept.provider)) {
    if (!provider->host.empty()) settings.host = provider->host;
    settings.port = provider->port;
    settings.security = provider->security;
    settings.limit = provider->limit;
    settings.minutes = provider->minutes;
  }
  constexpr std::string_view kDomain = "{domain}";
  if (const auto mark = settings.host.find(kDomain); mark != std::string::npos)
    settings.host.replace(mark, kDomain.size(), kept.from.substr(kept.from.find('@') + 1));
  settings.user = kept.user.empty() ? kept.from : kept.user;
  settings.password = std::move(password);
  settings.from = {kept.from_name, kept.from};
  return settings;
}

Result<std::string> opened_password(Store& store, const Pepper& pepper) {
  const auto sealed = store.hub_value(kPassword);
  if (!sealed && sealed.error().kind == ErrorKind::not_found) return std::string();
  if (!sealed) return sealed.error();
  return unseal(pepper, kPassword, *sealed).value_or("");
}

}  // namespace

std::string problem_of(const KeptMail& kept) {
  const auto* provider = provider_named(kept.provider);
  if (!kept.provider.empty() && !provider) return "provider";
  // It takes no password any more: what it needs instead stands in hub.toml.
  if (provider && provider->auth != SmtpAuth::password) return "provider_auth";
  const bool own_host = !provider || provider->host.empty();
  if (own_host && !is_host(kept.host)) return "host";
  if (!provider && (kept.port < 1 || kept.port > 65535)) return "port";
  if (!is_mail_address(kept.from)) return "from";
  if (!is_line(kept.from_name)) return "from_name";
  return is_line(kept.user) ? "" : "user";
}

Result<std::optional<KeptMail>> kept_mail(Store& store) { return read_value<KeptMail>(store, kMail); }

Status keep_mail(Store& store, const std::optional<KeptMail>& kept) {
  if (!kept)
    if (auto gone = store.put_hub_value(kPassword, ""); !gone) return gone;
  return store.put_hub_value(kMail, kept ? platform::to_form(*kept).dump() : "");
}

Status keep_mail_password(Store& store, const Pepper& pepper, const std::string& password) {
  return store.put_hub_value(kPassword, password.empty() ? "" : seal(pepper, kPassword, password));
}

Result<bool> has_mail_password(Store& store, const Pepper& pepper) {
  const auto password = opened_password(store, pepper);
  if (!password) return password.error();
  return !password->empty();
}

Result<MailInForce> mail_in_force(const std::string& directory, Store& store, const Pepper& pepper) {
  auto of_file = find_mail_settings(directory);
  if (!of_file) return of_file.error();
  if (*of_file) return MailInForce{std::move(*of_file), MailOrigin::file};
  const auto kept = kept_mail(store);
  if (!kept) return kept.error();
  if (!*kept || !problem_of(**kept).empty()) return MailInForce{};
  auto password = opened_password(store, pepper);
  if (!password) return password.error();
  return MailInForce{settings_of(**kept, std::move(*password)), MailOrigin::page};
}

Result<std::optional<MailTest>> mail_test(Store& store) { return read_value<MailTest>(store, kTest); }

Status keep_mail_test(Store& store, const MailTest& test) { return store.put_hub_value(kTest, platform::to_form(test).dump()); }

Result<std::string> test_message(const MailSettings& settings, const std::string& to, compliance::Language language, Time now) {
  const bool ja = language == compliance::Language::ja;
  Message message;
  message.from = settings.from;
  message.to = {"", to};
  message.reply_to = settings.reply_to;
  message.subject = ja ? "【Gokajo】送信の確認" : "[Gokajo] Test mail";
  message.text = ja ? "Gokajoの集計用PCからの確認のメールです。\n届いていれば、設定は済んでいます。\n"
                    : "A test mail from your Gokajo hub.\nIf it arrived, mail is set up.\n";
  message.html = "<p>" + message.text + "</p>\n";
  message.date = now;
  message.message_id = make_message_id("test/" + platform::format_time(now) + "/" + to, message.from);
  return write_message(message);
}

}  // namespace gokajo::hub
