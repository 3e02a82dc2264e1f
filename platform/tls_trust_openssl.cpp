#include <curl/curl.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "platform/tls_trust.h"

namespace gokajo::platform {
namespace {

constexpr int kSecurityLevel = 2;  // 112 bits

// curl itself takes a certificate without subjectAltName by its common name (RFC 6125 forbids it since 2011), and a name check that stands
// beside curl's holds should curl's be mistaken.
CURLcode set_rules(CURL*, void* context, void* host) {
  auto* tls = static_cast<SSL_CTX*>(context);
  const auto& name = *static_cast<const std::string*>(host);
  SSL_CTX_set_security_level(tls, kSecurityLevel);
  SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, nullptr);
  auto* rules = SSL_CTX_get0_param(tls);
  X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  const bool set = X509_VERIFY_PARAM_set1_ip_asc(rules, name.c_str()) == 1 || X509_VERIFY_PARAM_set1_host(rules, name.c_str(), 0) == 1;
  return set ? CURLE_OK : CURLE_SSL_CERTPROBLEM;
}

}  // namespace

bool hold_to_name(CURL* handle, const std::string& host, bool own_authority) {
  // The system's authorities stand beside those that are given, unless they are taken out.
  if (own_authority && (curl_easy_setopt(handle, CURLOPT_CAPATH, static_cast<const char*>(nullptr)) != CURLE_OK ||
                        curl_easy_setopt(handle, CURLOPT_CAINFO, static_cast<const char*>(nullptr)) != CURLE_OK))
    return false;
  return curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, &set_rules) == CURLE_OK &&
         curl_easy_setopt(handle, CURLOPT_SSL_CTX_DATA, &host) == CURLE_OK;
}

}  // namespace gokajo::platform
