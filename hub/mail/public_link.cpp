#include "hub/mail/public_link.h"

#include <algorithm>
#include <memory>

#include <curl/curl.h>

#include "hub/toml.h"
#include "platform/bytes.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr std::size_t kMaxToml = 1U << 20U;
constexpr std::size_t kMaxPage = 1U << 20U;
constexpr const char* kKey = "public_url";
constexpr std::string_view kHttps = "https://";
constexpr long kFine = 200, kClosed = 401;

struct FreeEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};

std::size_t count_bytes(char*, std::size_t size, std::size_t count, void* context) {
  auto& bytes = *static_cast<std::size_t*>(context);
  bytes += size * count;
  return bytes > kMaxPage ? 0 : size * count;
}

bool only(std::string_view text, std::string_view characters) { return text.find_first_not_of(characters) == std::string_view::npos; }

// "hub.example.jp", "hub.example.jp:8443"; no address, for public authorities name hosts.
bool is_host(std::string_view host) {
  const auto colon = host.find(':');
  if (colon != std::string_view::npos) {
    const auto port = host.substr(colon + 1);
    if (port.empty() || port.size() > 5 || !only(port, "0123456789")) return false;
    host = host.substr(0, colon);
  }
  if (!only(host, "abcdefghijklmnopqrstuvwxyz0123456789.-") || only(host, "0123456789.")) return false;
  return host.find('.') != std::string_view::npos && host.find("..") == std::string_view::npos && host.front() != '.' && host.back() != '.';
}

std::string fault_of(std::string_view url) {
  if (url.size() > kMaxLink) return "at most " + std::to_string(kMaxLink) + " characters, for a line of the mail holds no more";
  if (!url.starts_with(kHttps)) return "expected https://";
  const auto rest = url.substr(kHttps.size());
  const auto slash = std::min(rest.find('/'), rest.size());
  if (slash == 0 || !is_host(rest.substr(0, slash))) return "expected a host name in small letters, like https://hub.example.jp/";
  if (!only(rest.substr(slash), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._~-"))
    return "expected a path of letters, digits and / . _ ~ -";
  return {};
}

LinkFailure::Kind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
      return LinkFailure::Kind::certificate;
    case CURLE_WRITE_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
      return LinkFailure::Kind::answer;
    default:
      return LinkFailure::Kind::connection;
  }
}

}  // namespace

Result<std::optional<std::string>> read_public_url(std::string_view text) {
  if (text.size() > kMaxToml) return Error{ErrorKind::too_large, "hub.toml: more than " + std::to_string(kMaxToml) + " bytes"};
  const auto parsed = toml_tree(text);
  if (!parsed) return parsed.error();
  const auto& whole = *parsed;
  const auto wrong = [](const toml::node& node, const std::string& what) {
    return Error{ErrorKind::malformed, "line " + std::to_string(node.source().begin.line) + ": " + kKey + ": " + what};
  };
  if (const auto* mail = whole.get_as<toml::table>("mail"))
    if (const auto* node = mail->get(kKey)) return wrong(*node, "stands above every table, not in [mail]");
  const auto* node = whole.get(kKey);
  if (!node) return std::optional<std::string>{};
  const auto url = node->value_exact<std::string>();
  if (!url) return wrong(*node, "expected text");
  if (const auto fault = fault_of(*url); !fault.empty()) return wrong(*node, fault);
  return std::optional(*url);
}

compliance::Text explanation(const LinkFailure& failure) {
  switch (failure.kind) {
    case LinkFailure::Kind::certificate:
      return {"public_url の証明書を、公開の認証局では確かめられませんでした。メールにリンクを載せません。",
              "The certificate of public_url does not verify against public authorities: mails carry no link."};
    case LinkFailure::Kind::answer:
      return {"public_url にはつながりましたが、ページが返りませんでした。メールにリンクを載せません。",
              "Something answers at public_url, but not with a page: mails carry no link."};
    case LinkFailure::Kind::connection:
      break;
  }
  return {"public_url につながりませんでした。メールにリンクを載せません。", "Nothing answers at public_url: mails carry no link."};
}

std::optional<LinkFailure> verify_public_url(const std::string& url, const std::string& roots) {
  const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
  if (!easy) return LinkFailure{LinkFailure::Kind::connection, "curl cannot start"};
  CURL* handle = easy.get();
  char words[CURL_ERROR_SIZE] = {};
  std::size_t bytes = 0;
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // one that opens TLS would verify itself
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!roots.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, roots.c_str());
    curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
  }
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, kLinkSeconds);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, words);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, count_bytes);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &bytes);
  const auto result = curl_easy_perform(handle);
  if (result != CURLE_OK) {
    const std::string why = words[0] != '\0' ? words : curl_easy_strerror(result);
    return LinkFailure{kind_of(result), platform::printable_utf8(url + ": " + why)};
  }
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  if (status != kFine && status != kClosed) return LinkFailure{LinkFailure::Kind::answer, url + ": HTTP " + std::to_string(status)};
  return std::nullopt;
}

PublicLink::PublicLink(std::string url, Changed changed, Verify verify)
    : url_(std::move(url)), changed_(std::move(changed)), verify_(std::move(verify)) {}

std::string PublicLink::at(platform::Time now) {
  if (url_.empty()) return {};
  const bool known = looked_ && now >= *looked_ && now - *looked_ < kLinkKnownFor;
  if (!known) {
    const bool first = !looked_;
    auto failure = verify_(url_);
    const bool other = first || failure.has_value() != failure_.has_value() || (failure && failure->kind != failure_->kind);
    failure_ = std::move(failure);
    looked_ = now;
    if (other && changed_) changed_(failure_);
  }
  return failure_ ? std::string() : url_;
}

}  // namespace gokajo::hub
