/// \file
/// The hub's TLS certificate: its own (a CA made here, and a server certificate of it), or one that was given.
///
/// Own files, in one directory: ca.pem, ca.key, server.pem (server certificate and CA), server.key; keys mode 0600, ECDSA P-256. The
/// server's key stays the same when its certificate is renewed, so that the pin printed on enrolment sheets holds.
#pragma once

#include <string>
#include <vector>

#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::hub {

/// Paths of PEM files: certificate with its chain, and key.
struct CertificateFiles {
  std::string certificate;
  std::string key;
};

/// Makes what is missing; a server certificate that ends within 30 days, or lacks one of `names` (host names and addresses), is made anew.
/// Errors: denied, failed (the files), malformed (a file that is there and cannot be read as what it should be).
platform::Result<CertificateFiles> own_certificate(const std::string& directory, const std::vector<std::string>& names, platform::Time now);

struct CertificateFacts {
  std::vector<std::string> names;  ///< host names and addresses, as text
  platform::Time not_before{};
  platform::Time not_after{};
  std::string pin;  ///< "sha256//<base64>" of the public key, as curl's --pinnedpubkey takes it
};

/// Of the first certificate in PEM text. Error{malformed}.
platform::Result<CertificateFacts> read_certificate(std::string_view pem);

/// Whether one of the names covers the host ("*.example.jp" covers one label).
bool covers(const std::vector<std::string>& names, std::string_view host);

}  // namespace gokajo::hub
