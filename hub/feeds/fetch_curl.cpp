#include <cstring>
#include <memory>
#include <optional>

#include <boost/asio/ip/address.hpp>
#include <curl/curl.h>

#include "hub/feeds/fetch.h"
#include "hub/feeds/public_address.h"
#include "platform/bytes.h"
#include "platform/places.h"
#include "platform/system_proxy.h"
#include "platform/tls_trust.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr long kConnectSeconds = 15, kSlowBytes = 64, kSlowSeconds = 20;
constexpr long kFine = 200, kUnchanged = 304, kFirstRedirect = 300, kPastRedirects = 400;
constexpr std::size_t kMaxHeaderBytes = 64U << 10U, kMaxTag = 512;

struct FreeEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// What comes in, and what may be connected to.
struct Receiving {
  FeedReply reply;
  std::size_t most = 0;
  std::size_t header_bytes = 0;
  bool too_large = false;
  bool own_machine = false;  ///< what was asked for names this machine
  bool by_proxy = false;
  std::string refused;  ///< an address
};

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* context) {
  auto& receiving = *static_cast<Receiving*>(context);
  receiving.too_large = receiving.reply.body.size() + count > receiving.most;
  if (receiving.too_large) return 0;
  receiving.reply.body.append(bytes, count);
  return count;
}

// The value of a header of that name (small letters); nullopt: another.
std::optional<std::string> value_in(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':') return std::nullopt;
  for (std::size_t i = 0; i < name.size(); ++i)
    if ((line[i] | 0x20) != name[i]) return std::nullopt;
  auto value = line.substr(name.size() + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == '\r' || value.back() == '\n' || value.back() == ' ')) value.remove_suffix(1);
  // It goes into the next request: nothing that could be another header, and no more than a tag is.
  if (value.size() > kMaxTag || platform::printable_utf8(value) != value) return std::string();
  return std::string(value);
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* context) {
  auto& receiving = *static_cast<Receiving*>(context);
  receiving.header_bytes += count;
  receiving.too_large = receiving.header_bytes > kMaxHeaderBytes;
  if (receiving.too_large) return 0;
  const std::string_view line(bytes, count);
  if (line.starts_with("HTTP/")) {  // of a proxy before, or of 1xx
    receiving.reply.etag.clear();
    receiving.reply.modified.clear();
  }
  if (auto etag = value_in(line, "etag")) receiving.reply.etag = std::move(*etag);
  if (auto modified = value_in(line, "last-modified")) receiving.reply.modified = std::move(*modified);
  return count;
}

// The address in a socket's, by its bytes: IPv4 has it at 4, IPv6 at 8, on every system.
std::string text_of(const curl_sockaddr& address) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(&address.addr);
  namespace ip = boost::asio::ip;
  if (address.family == AF_INET) {
    ip::address_v4::bytes_type four{};
    std::memcpy(four.data(), bytes + 4, four.size());
    return ip::address_v4(four).to_string();
  }
  if (address.family == AF_INET6) {
    ip::address_v6::bytes_type six{};
    std::memcpy(six.data(), bytes + 8, six.size());
    return ip::address_v6(six).to_string();
  }
  return {};
}

bool may_be_reached(const std::string& address, bool own_machine) {
  return is_public_address(address) || (own_machine && is_loopback_address(address));
}

// Asked with the very address that is connected to, so that no name can mean another a moment later.
curl_socket_t open_socket(void* context, curlsocktype, curl_sockaddr* address) {
  auto& receiving = *static_cast<Receiving*>(context);
  if (!receiving.by_proxy) {
    const auto text = text_of(*address);
    if (!may_be_reached(text, receiving.own_machine)) {
      receiving.refused = text.empty() ? "?" : text;
      return CURL_SOCKET_BAD;
    }
  }
  return socket(address->family, address->socktype, address->protocol);
}

ErrorKind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return ErrorKind::timed_out;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return ErrorKind::denied;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return ErrorKind::malformed;
    default:
      return ErrorKind::failed;
  }
}

class Fetching {
 public:
  explicit Fetching(const FeedRequest& request) : request_(request), url_(request.address) {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started == CURLE_OK) easy_.reset(curl_easy_init());
  }

  Result<FeedReply> run() {
    if (!easy_) return Error{ErrorKind::failed, "libcurl does not start"};
    for (int hop = 0; hop <= kFeedRedirects; ++hop) {
      auto status = once();
      if (!status) return status.error();
      if (*status == kFine) return std::move(receiving_.reply);
      if (*status == kUnchanged && !(request_.etag.empty() && request_.modified.empty())) {
        receiving_.reply.unchanged = true;
        receiving_.reply.body.clear();
        return std::move(receiving_.reply);
      }
      char* next = nullptr;
      if (*status < kFirstRedirect || *status >= kPastRedirects || *status == kUnchanged ||
          curl_easy_getinfo(easy_.get(), CURLINFO_REDIRECT_URL, &next) != CURLE_OK || !next)
        return Error{ErrorKind::failed, shown() + ": HTTP " + std::to_string(*status)};
      url_ = next;
    }
    return Error{ErrorKind::failed, shown() + ": more than " + std::to_string(kFeedRedirects) + " redirects"};
  }

 private:
  std::string shown() const { return platform::printable_utf8(url_.substr(0, 300)); }

  template <class Value>
  bool set(CURLoption option, Value value) {
    return curl_easy_setopt(easy_.get(), option, value) == CURLE_OK;
  }

  Result<long> once() {
    host_ = host_in(url_);
    if (!url_.starts_with("https://") || host_.empty()) return Error{ErrorKind::denied, shown() + ": no https address, so it is not asked"};
    receiving_ = Receiving{};
    receiving_.most = request_.most;
    receiving_.own_machine = is_own_machine(host_in(request_.address));
    const auto proxy = proxy_for(host_);
    receiving_.by_proxy = !proxy.empty();
    if (receiving_.by_proxy && !may_go_by_proxy(host_)) return refused(host_);
    char problem[CURL_ERROR_SIZE] = "";
    const std::unique_ptr<curl_slist, FreeList> headers(header_list());
    curl_easy_reset(easy_.get());
    if (!set_up(proxy, headers.get(), problem)) return Error{ErrorKind::failed, "libcurl cannot be set up"};
    const auto code = curl_easy_perform(easy_.get());
    if (!receiving_.refused.empty() && code != CURLE_OK) return refused(receiving_.refused);
    if (receiving_.too_large || code == CURLE_FILESIZE_EXCEEDED)
      return Error{ErrorKind::too_large, shown() + ": more than " + std::to_string(request_.most) + " bytes"};
    if (code != CURLE_OK)
      return Error{kind_of(code), shown() + (proxy.empty() ? "" : " (by the proxy " + proxy + ")") + ": " +
                                      platform::printable_utf8(*problem ? problem : curl_easy_strerror(code))};
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    return status;
  }

  Error refused(const std::string& address) const {
    return {ErrorKind::denied, shown() + ": " + address + " is not a public address, so it is not asked"};
  }

  // A host that is written as an address, or has no dot, would be one of the proxy's own network.
  static bool may_go_by_proxy(const std::string& host) {
    boost::system::error_code none;
    boost::asio::ip::make_address(host, none);
    return none ? host.find('.') != std::string::npos : is_public_address(host);
  }

  // Where the system says so, or the environment. This machine is never behind one.
  std::string proxy_for(const std::string& host) const {
    if (is_own_machine(host)) return {};
    const auto found = platform::system_proxy("https://" + host);
    if (found && found->origin != "environment") return found->proxy;
    for (const char* name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
      if (auto value = platform::environment(name); value && !value->empty()) return *value;
    return {};
  }

  curl_slist* header_list() const {
    curl_slist* list = nullptr;
    list = curl_slist_append(list, "Accept: application/rss+xml, application/rdf+xml, application/xml, application/json;q=0.9, */*;q=0.1");
    // Who answered at the end of the redirects gave them.
    if (!request_.etag.empty()) list = curl_slist_append(list, ("If-None-Match: " + request_.etag).c_str());
    if (!request_.modified.empty()) list = curl_slist_append(list, ("If-Modified-Since: " + request_.modified).c_str());
    return list;
  }

  bool only_https() {
#if LIBCURL_VERSION_NUM >= 0x075500
    return set(CURLOPT_PROTOCOLS_STR, "https");
#else
    return set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTPS));
#endif
  }

  bool set_up(const std::string& proxy, const curl_slist* headers, char* problem) {
    return set(CURLOPT_URL, url_.c_str()) && set(CURLOPT_NOSIGNAL, 1L) && set(CURLOPT_FOLLOWLOCATION, 0L) && only_https() &&
           set(CURLOPT_CONNECTTIMEOUT, kConnectSeconds) && set(CURLOPT_TIMEOUT, kFeedSeconds) && set(CURLOPT_LOW_SPEED_LIMIT, kSlowBytes) &&
           set(CURLOPT_LOW_SPEED_TIME, kSlowSeconds) && set(CURLOPT_PROXY, proxy.c_str()) && set(CURLOPT_NOPROXY, "") &&
           set(CURLOPT_USERAGENT, "gokajo-hub") && set(CURLOPT_HTTPHEADER, headers) && set(CURLOPT_ERRORBUFFER, problem) &&
           set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request_.most)) && set(CURLOPT_WRITEFUNCTION, &take_body) &&
           set(CURLOPT_WRITEDATA, &receiving_) && set(CURLOPT_HEADERFUNCTION, &take_header) && set(CURLOPT_HEADERDATA, &receiving_) &&
           set(CURLOPT_OPENSOCKETFUNCTION, &open_socket) && set(CURLOPT_OPENSOCKETDATA, &receiving_) &&
           set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) && set(CURLOPT_SSL_VERIFYPEER, 1L) &&
           set(CURLOPT_SSL_VERIFYHOST, 2L) && platform::hold_to_name(easy_.get(), host_, !request_.authorities.empty()) &&
           (request_.authorities.empty() || set(CURLOPT_CAINFO, request_.authorities.c_str()));
  }

  const FeedRequest& request_;
  std::string url_;
  std::string host_;
  std::unique_ptr<CURL, FreeEasy> easy_;
  Receiving receiving_;
};

}  // namespace

Result<FeedReply> fetch_feed(const FeedRequest& request) { return Fetching(request).run(); }

}  // namespace gokajo::hub
