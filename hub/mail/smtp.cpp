#include "hub/mail/smtp.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include <curl/curl.h>

#include "hub/mail/without_secrets.h"
#include "platform/bytes.h"

namespace gokajo::hub {
namespace {

constexpr long kConnectSeconds = 15;
constexpr long kSeconds = 60;
constexpr std::size_t kMaxReply = 4096;
constexpr std::size_t kMaxShown = 200;  // characters of the server's words in a log

struct FreeEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

struct Source {
  std::string_view left;
};

std::size_t give(char* buffer, std::size_t size, std::size_t count, void* context) {
  auto& source = *static_cast<Source*>(context);
  const auto n = std::min(size * count, source.left.size());
  std::memcpy(buffer, source.left.data(), n);
  source.left.remove_prefix(n);
  return n;
}

bool refuses(std::string_view reply) { return !reply.empty() && (reply[0] == '4' || reply[0] == '5'); }

// RFC 3463: x.1 is about addresses, the sender's being x.1.7 and x.1.8; x.2 about the mailbox. OpenSMTPD says 524 5.2.4.
bool refuses_recipient(std::string_view reply) {
  if (!refuses(reply) || reply.size() < 9) return false;
  const auto status = reply.substr(4, 4);
  return (status == "5.1." && reply[8] != '7' && reply[8] != '8') || status == "5.2.";
}

// The reply that refused, else the server's last: what it answers to QUIT tells nothing. "535 5.7.8 ...". Whatever stands in it is shown
// without secrets, escaped and cut.
std::size_t take_reply(char* buffer, std::size_t size, std::size_t count, void* context) {
  auto& reply = *static_cast<std::string*>(context);
  const std::string_view line(buffer, size * count);
  if (line.size() > 3 && line[0] >= '2' && line[0] <= '5' && (refuses(line) || !refuses(reply)))
    reply = std::string(line.substr(0, kMaxReply));
  return size * count;
}

SmtpProblem problem_of(CURLcode result, long code, std::string_view reply) {
  switch (result) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return SmtpProblem::name;
    case CURLE_COULDNT_CONNECT:
      return SmtpProblem::connection;
    case CURLE_USE_SSL_FAILED:
      return SmtpProblem::no_starttls;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return SmtpProblem::certificate;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
      return SmtpProblem::tls;
    case CURLE_LOGIN_DENIED:
      return code >= 400 && code < 500 ? SmtpProblem::later : SmtpProblem::login;
    case CURLE_OPERATION_TIMEDOUT:
      return SmtpProblem::timeout;
    default:
      break;
  }
  if (code >= 400 && code < 500) return SmtpProblem::later;
  if (refuses_recipient(reply)) return SmtpProblem::address;
  if (code == 550 || code == 551 || code == 553) return SmtpProblem::address;
  if (code == 530 || code == 534 || code == 535 || code == 538) return SmtpProblem::login;
  if (code >= 500) return SmtpProblem::rejected;
  return result == CURLE_SEND_ERROR || result == CURLE_RECV_ERROR || result == CURLE_GOT_NOTHING ? SmtpProblem::connection
                                                                                                 : SmtpProblem::other;
}

void set_login(CURL* handle, const MailSettings& settings, const SmtpSecret& secret) {
  curl_easy_setopt(handle, CURLOPT_USERNAME, settings.user.c_str());
  if (settings.auth == SmtpAuth::password) {
    curl_easy_setopt(handle, CURLOPT_PASSWORD, secret.password.c_str());
    // PLAIN, and LOGIN where the server knows no other.
    curl_easy_setopt(handle, CURLOPT_SASL_IR, 0L);
  } else {
    curl_easy_setopt(handle, CURLOPT_XOAUTH2_BEARER, secret.token.c_str());
    curl_easy_setopt(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
  }
}

}  // namespace

bool may_pass(SmtpProblem problem) {
  switch (problem) {
    case SmtpProblem::address:
    case SmtpProblem::rejected:
      return false;
    default:
      return true;
  }
}

std::optional<SmtpFailure> send_by_smtp(const MailSettings& settings, const SmtpSecret& secret, const std::string& recipient,
                                        const std::string& message) {
  const std::unique_ptr<CURL, FreeEasy> easy(curl_easy_init());
  if (!easy) return SmtpFailure{SmtpProblem::other, 0, "no memory"};
  CURL* handle = easy.get();
  const auto scheme = settings.security == SmtpSecurity::tls ? "smtps://" : "smtp://";
  // What stands behind the slash is said in EHLO: nothing about this PC.
  const auto url = scheme + settings.host + ":" + std::to_string(settings.port) + "/localhost";
  const std::unique_ptr<curl_slist, FreeList> recipients(curl_slist_append(nullptr, ("<" + recipient + ">").c_str()));
  const auto sender = "<" + settings.from.address + ">";
  Source source{message};
  std::string reply;
  char problem[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!settings.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, settings.ca_file.c_str());
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, kSeconds);
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_MAIL_FROM, sender.c_str());
  curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(handle, CURLOPT_READDATA, &source);
  curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_reply);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &reply);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, problem);
  set_login(handle, settings, secret);
  const auto result = curl_easy_perform(handle);
  long code = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
  if (result == CURLE_OK) return std::nullopt;
  const std::string words = problem[0] != '\0' ? problem : curl_easy_strerror(result);
  while (!reply.empty() && (reply.back() == '\n' || reply.back() == '\r')) reply.pop_back();
  reply = without_secrets(reply, {secret.password, secret.token}).substr(0, kMaxShown);
  return SmtpFailure{problem_of(result, code, reply), code, platform::printable_utf8(words + (reply.empty() ? "" : "; server: " + reply))};
}

}  // namespace gokajo::hub
