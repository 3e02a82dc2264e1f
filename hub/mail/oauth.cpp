#include "hub/mail/oauth.h"

#include <memory>

#include <curl/curl.h>

#include "hub/mail/without_secrets.h"
#include "platform/json_form.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr std::size_t kMaxAnswer = 64U << 10U;
constexpr std::size_t kMaxToken = 16U << 10U;
constexpr std::size_t kMaxWords = 300;
constexpr long kSeconds = 30;
constexpr std::int64_t kMargin = 60;

struct FreeEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeText {
  void operator()(char* text) const { curl_free(text); }
};

std::size_t take(char* buffer, std::size_t size, std::size_t count, void* context) {
  auto& answer = *static_cast<std::string*>(context);
  if (answer.size() + size * count > kMaxAnswer) return 0;
  answer.append(buffer, size * count);
  return size * count;
}

std::string escaped(CURL* handle, const std::string& text) {
  const std::unique_ptr<char, FreeText> out(curl_easy_escape(handle, text.c_str(), static_cast<int>(text.size())));
  return out ? out.get() : "";
}

}  // namespace

Result<AccessToken> read_token(std::string_view text, platform::Time now, const std::vector<std::string>& secrets) {
  const auto json = platform::parse_json(text, kMaxAnswer);
  if (!json) return json.error();
  if (!json->is_object()) return Error{ErrorKind::malformed, "token endpoint: expected an object"};
  const auto word = [&](const char* key) {
    const auto member = json->find(key);
    return member != json->end() && member->is_string() ? member->get<std::string>() : std::string();
  };
  AccessToken token{word("access_token"), now};
  if (token.token.empty()) {
    const auto why = word("error"), more = word("error_description");
    const auto told = without_secrets(why.empty() ? "no access_token" : why + ": " + more, secrets);
    return Error{ErrorKind::denied, platform::printable_utf8("token endpoint: " + told).substr(0, kMaxWords)};
  }
  for (const char c : token.token)
    if (c <= ' ' || c == 0x7f) return Error{ErrorKind::malformed, "token endpoint: a token with a control character"};
  if (token.token.size() > kMaxToken) return Error{ErrorKind::too_large, "token endpoint: token too long"};
  const auto lasts = json->find("expires_in");
  const std::int64_t seconds = lasts != json->end() && lasts->is_number_integer() ? lasts->get<std::int64_t>() : 0;
  if (seconds > kMargin && seconds < 86400 * 2) token.good_until = now + std::chrono::seconds{seconds - kMargin};
  return token;
}

Result<AccessToken> fetch_token(const MailSettings& settings, const std::string& client_secret, const std::string& refresh_token,
                                platform::Time now) {
  const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
  if (!easy || !settings.oauth) return Error{ErrorKind::failed, "token endpoint: not set up"};
  CURL* handle = easy.get();
  const auto& oauth = *settings.oauth;
  auto form = "client_id=" + escaped(handle, oauth.client_id) + "&client_secret=" + escaped(handle, client_secret);
  if (settings.auth == SmtpAuth::google)
    form += "&grant_type=refresh_token&refresh_token=" + escaped(handle, refresh_token);
  else
    form += "&grant_type=client_credentials&scope=" + escaped(handle, oauth.scope);
  std::string answer;
  curl_easy_setopt(handle, CURLOPT_URL, oauth.token_url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!settings.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, settings.ca_file.c_str());
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, kSeconds);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(form.size()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, form.c_str());
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
  const auto result = curl_easy_perform(handle);
  if (result != CURLE_OK) return Error{ErrorKind::failed, std::string("token endpoint: ") + curl_easy_strerror(result)};
  return read_token(answer, now, {client_secret, refresh_token});
}

}  // namespace gokajo::hub
