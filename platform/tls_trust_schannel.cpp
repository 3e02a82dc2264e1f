#include <curl/curl.h>

#include "platform/tls_trust.h"

namespace gokajo::platform {

bool hold_to_name(CURL* handle, const std::string&, bool own_authority) {
  const long revocation = own_authority ? CURLSSLOPT_NO_REVOKE : CURLSSLOPT_REVOKE_BEST_EFFORT;
  return curl_easy_setopt(handle, CURLOPT_SSL_OPTIONS, revocation) == CURLE_OK;
}

}  // namespace gokajo::platform
