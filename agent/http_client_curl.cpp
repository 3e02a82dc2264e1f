#include <algorithm>
#include <cstring>

#include <curl/curl.h>

#include "agent/http_client.h"
#include "platform/system_proxy.h"
#include "platform/tls_trust.h"

namespace gokajo::agent {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr long kConnectSeconds = 10;
constexpr long kTotalSeconds = 30;
constexpr long kProxyAuthenticationRequired = 407;
constexpr long kSlowBytes = 64;  // a second; less for kSlowSeconds ends the request
constexpr long kSlowSeconds = 15;
constexpr std::size_t kMaxHeaderBytes = 64U << 10U;

std::string host_of(const std::string& address) {
  const auto from = address.find("//") == std::string::npos ? 0 : address.find("//") + 2;
  if (from < address.size() && address[from] == '[') return address.substr(from + 1, address.find(']') - from - 1);
  return address.substr(from, address.find(':', from) - from);
}

struct Receiving {
  HttpReply reply;
  std::size_t max_body = 0;
  std::size_t header_bytes = 0;
  bool too_large = false;
};

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* context) {
  auto& receiving = *static_cast<Receiving*>(context);
  receiving.too_large = receiving.reply.body.size() + count > receiving.max_body;
  if (receiving.too_large) return 0;
  receiving.reply.body.append(bytes, count);
  return count;
}

std::optional<std::chrono::seconds> seconds_in(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':') return std::nullopt;
  for (std::size_t i = 0; i < name.size(); ++i)
    if ((line[i] | 0x20) != name[i]) return std::nullopt;
  auto value = line.substr(name.size() + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == '\r' || value.back() == '\n' || value.back() == ' ')) value.remove_suffix(1);
  if (value.empty() || value.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  // More digits than a year of seconds has say "long".
  return std::chrono::seconds{value.size() > 8 ? 99999999 : std::stol(std::string(value))};
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* context) {
  auto& receiving = *static_cast<Receiving*>(context);
  receiving.header_bytes += count;
  receiving.too_large = receiving.header_bytes > kMaxHeaderBytes;
  if (receiving.too_large) return 0;
  if (const auto seconds = seconds_in({bytes, count}, "retry-after")) receiving.reply.retry_after = seconds;
  return count;
}

ErrorKind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return ErrorKind::timed_out;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return ErrorKind::denied;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return ErrorKind::malformed;
    default:
      return ErrorKind::failed;
  }
}

constexpr std::chrono::hours kProxyHolds{6};
constexpr std::chrono::minutes kProxyMayChange{10};  // after a request that did not get through

class CurlClient : public HttpClient {
 public:
  explicit CurlClient(HubConnection hub) : hub_(std::move(hub)), host_(host_of(hub_.address)) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started == CURLE_OK) curl_ = curl_easy_init();
  }
  ~CurlClient() override {
    if (curl_) curl_easy_cleanup(curl_);
  }
  CurlClient(const CurlClient&) = delete;
  CurlClient& operator=(const CurlClient&) = delete;

  Result<HttpReply> send(const HttpRequest& request) override {
    if (!curl_) return Error{ErrorKind::failed, "libcurl does not start"};
    if (!hub_.address.starts_with("https://")) return Error{ErrorKind::malformed, "the hub's address does not begin with https://"};
    find_proxy();
    curl_easy_reset(curl_);  // keeps the connection
    Receiving receiving;
    receiving.max_body = request.max_reply;
    char problem[CURL_ERROR_SIZE] = "";
    curl_slist* headers = header_list(request);
    const bool ready = headers && set_connection() && set_trust() && set_request(request, headers, receiving, problem);
    const CURLcode code = ready ? curl_easy_perform(curl_) : CURLE_FAILED_INIT;
    curl_slist_free_all(headers);
    reached_ = code == CURLE_OK;
    if (code == CURLE_OK) {
      long status = 0;
      curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
      receiving.reply.status = static_cast<int>(status);
      return std::move(receiving.reply);
    }
    long answered = 0;
    curl_easy_getinfo(curl_, CURLINFO_HTTP_CONNECTCODE, &answered);
    if (answered == kProxyAuthenticationRequired)
      return Error{ErrorKind::failed, std::string(platform::kProxyWantsSignIn) + ": " + proxy()};
    const std::string detail =
        hub_.address + (proxy().empty() ? "" : " (by the proxy " + proxy() + ")") + ": " + (*problem ? problem : curl_easy_strerror(code));
    return Error{receiving.too_large ? ErrorKind::too_large : kind_of(code), detail};
  }

 private:
  template <class Value>
  bool set(CURLoption option, Value value) {
    return curl_easy_setopt(curl_, option, value) == CURLE_OK;
  }

  // What this PC's system says, where nobody set one; asked again now and then, sooner where it may be wrong.
  void find_proxy() {
    const auto now = std::chrono::steady_clock::now();
    if (hub_.proxy || (asked_ && now - *asked_ < (reached_ ? std::chrono::minutes(kProxyHolds) : kProxyMayChange))) return;
    asked_ = now;
    const auto found = platform::system_proxy(hub_.address);
    of_system_ = found ? found->proxy : "";
  }

  std::string proxy() const { return hub_.proxy.value_or(of_system_); }

  // Empty values take out what curl would add by itself.
  static curl_slist* header_list(const HttpRequest& request) {
    curl_slist* list = nullptr;
    for (const char* none : {"Accept:", "Expect:"}) list = curl_slist_append(list, none);
    for (const auto& line : request.headers) list = curl_slist_append(list, line.c_str());
    if (request.body.empty()) list = curl_slist_append(list, "Content-Type:");
    return list;
  }

  bool set_connection() {
    return set(CURLOPT_NOSIGNAL, 1L) && set(CURLOPT_FOLLOWLOCATION, 0L) && set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds) &&
           set(CURLOPT_TIMEOUT, kTotalSeconds) && set(CURLOPT_LOW_SPEED_LIMIT, kSlowBytes) && set(CURLOPT_LOW_SPEED_TIME, kSlowSeconds) &&
           set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1)) && set(CURLOPT_SSL_ENABLE_ALPN, 0L) && only_https() &&
           ((!hub_.proxy && of_system_.empty()) || set(CURLOPT_PROXY, proxy().c_str()));
  }

  bool only_https() {
#if LIBCURL_VERSION_NUM >= 0x075500
    return set(CURLOPT_PROTOCOLS_STR, "https");
#else
    return set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTPS));
#endif
  }

  bool set_trust() {
    if (!set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) || !set(CURLOPT_SSL_VERIFYPEER, 1L) ||
        !set(CURLOPT_SSL_VERIFYHOST, 2L) || !platform::hold_to_name(curl_, host_, !hub_.ca_pem.empty()))
      return false;
    if (hub_.pin && !set(CURLOPT_PINNEDPUBLICKEY, hub_.pin->c_str())) return false;
    if (hub_.ca_pem.empty()) return true;
    curl_blob authorities{hub_.ca_pem.data(), hub_.ca_pem.size(), CURL_BLOB_COPY};
    return set(CURLOPT_CAINFO_BLOB, &authorities);
  }

  bool set_request(const HttpRequest& request, curl_slist* headers, Receiving& receiving, char* problem) {
    url_ = hub_.address + request.path;
    if (!set(CURLOPT_URL, url_.c_str()) || !set(CURLOPT_HTTPHEADER, headers) || !set(CURLOPT_ERRORBUFFER, problem) ||
        !set(CURLOPT_WRITEFUNCTION, &take_body) || !set(CURLOPT_WRITEDATA, &receiving) || !set(CURLOPT_HEADERFUNCTION, &take_header) ||
        !set(CURLOPT_HEADERDATA, &receiving))
      return false;
    if (request.method == "GET") return set(CURLOPT_HTTPGET, 1L);
    return set(CURLOPT_POST, 1L) && set(CURLOPT_CUSTOMREQUEST, request.method.c_str()) && set(CURLOPT_POSTFIELDS, request.body.data()) &&
           set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  }

  HubConnection hub_;
  std::string host_;
  std::string url_;
  std::string of_system_;  ///< "": none, or the environment's
  std::optional<std::chrono::steady_clock::time_point> asked_;
  bool reached_ = false;
  CURL* curl_ = nullptr;
};

}  // namespace

std::unique_ptr<HttpClient> http_client(const HubConnection& hub) { return std::make_unique<CurlClient>(hub); }

}  // namespace gokajo::agent
