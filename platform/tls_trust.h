/// \file
/// What a TLS connection of libcurl is held to beside curl's own checks, by the TLS library that curl was built with: OpenSSL, or Windows'
/// own (Schannel). Bodies: tls_trust_openssl.cpp, tls_trust_schannel.cpp.
#pragma once

#include <string>

// curl/curl.h is heavy; its handle is a void there as well.
using CURL = void;

namespace gokajo::platform {

/// To be set before curl_easy_perform, after the other options. `host`: name or address, which has to live as long as the handle.
/// `own_authority`: only certificates given by the caller are trusted, of an authority that publishes no list of revoked ones. False: curl
/// refuses, and the connection must not be made.
///
/// OpenSSL: security level 2 (no 1024-bit RSA, no SHA-1, no TLS 1.0 or 1.1); a certificate names its host in subjectAltName, never by
/// common name alone (RFC 6125); no wildcards within a part of the name. Schannel: revocation is asked as far as it can be (an office
/// without a way to the authority still reports); what the system's policy allows decides about algorithms.
bool hold_to_name(CURL* handle, const std::string& host, bool own_authority);

}  // namespace gokajo::platform
