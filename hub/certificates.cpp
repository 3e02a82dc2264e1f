#include "hub/certificates.h"

#include <algorithm>
#include <array>
#include <memory>

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include "platform/durable_file.h"
#include "platform/invoker.h"
#include "platform/json_form.h"
#include "platform/own_file.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result, platform::Status, platform::Time;

namespace {

constexpr std::size_t kMaxPem = 64U << 10U;
constexpr int kCaDays = 3650;
constexpr int kServerDays = 397;  // what browsers and systems take at most from public CAs; ours renews itself
constexpr platform::Days kRenewBefore{30};
constexpr platform::Days kBackdated{1};  // a PC's clock may be behind

template <auto Free>
struct FreeWith {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, FreeWith<X509_free>>;
using Bio = std::unique_ptr<BIO, FreeWith<BIO_free>>;

Error failed(const char* what) { return {ErrorKind::failed, std::string("certificate: ") + what}; }

std::string contents(BIO* bio) {
  char* data = nullptr;
  const auto size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), certificate);
  return contents(bio.get());
}

std::string pem_of(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  return contents(bio.get());
}

Certificate certificate_of(std::string_view pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return Certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

// The key in the file, made at first.
Result<Key> own_key(const std::string& path) {
  const auto pem = platform::read_own_file(path, kMaxPem);
  if (pem) {
    const Bio bio(BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())));
    Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    if (!key) return Error{ErrorKind::malformed, path + ": no private key"};
    return key;
  }
  if (pem.error().kind != ErrorKind::not_found) return pem.error();
  Key key(EVP_EC_gen("P-256"));
  if (!key) return failed("no key could be made");
  if (auto written = platform::write_file_durably(path, pem_of(key.get())); !written) return written.error();
  return key;
}

bool set_time(ASN1_TIME* field, Time time) { return ASN1_TIME_set(field, time.time_since_epoch().count()) != nullptr; }

bool add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  const bool added = extension && X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return added;
}

bool set_serial(X509* certificate) {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
  bytes[0] &= 0x7fU;  // positive
  const std::unique_ptr<BIGNUM, FreeWith<BN_free>> number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
  return BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

// What both certificates have.
Certificate begun(EVP_PKEY* key, const std::string& name, Time now, int days) {
  Certificate certificate(X509_new());
  auto* subject = X509_get_subject_name(certificate.get());
  const bool set =
      X509_set_version(certificate.get(), 2) == 1 && set_serial(certificate.get()) &&
      set_time(X509_getm_notBefore(certificate.get()), now - kBackdated) &&
      set_time(X509_getm_notAfter(certificate.get()), now + platform::Days{days}) && X509_set_pubkey(certificate.get(), key) == 1 &&
      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0) == 1;
  return set ? std::move(certificate) : Certificate();
}

Result<Certificate> make_ca(EVP_PKEY* key, Time now) {
  auto ca = begun(key, "Gokajo hub CA " + platform::format_time(now).substr(0, 10), now, kCaDays);
  if (!ca || X509_set_issuer_name(ca.get(), X509_get_subject_name(ca.get())) != 1 ||
      !add_extension(ca.get(), ca.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:0") ||
      !add_extension(ca.get(), ca.get(), NID_key_usage, "critical,keyCertSign,cRLSign") ||
      !add_extension(ca.get(), ca.get(), NID_subject_key_identifier, "hash") || X509_sign(ca.get(), key, EVP_sha256()) == 0)
    return failed("the CA could not be made");
  return ca;
}

bool is_address(std::string_view name) {
  return name.find(':') != std::string_view::npos || name.find_first_not_of("0123456789.") == std::string_view::npos;
}

// Characters that names and addresses have, so that nothing else reads as another field of the extension.
bool is_plain(std::string_view name) {
  return !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '_';
  });
}

Result<Certificate> make_server(EVP_PKEY* key, X509* ca, EVP_PKEY* ca_key, const std::vector<std::string>& names, Time now) {
  std::string alternatives;
  for (const auto& name : names)
    if (is_plain(name)) alternatives += (alternatives.empty() ? "" : ",") + std::string(is_address(name) ? "IP:" : "DNS:") + name;
  auto server = begun(key, "Gokajo hub", now, kServerDays);
  if (!server || X509_set_issuer_name(server.get(), X509_get_subject_name(ca)) != 1 ||
      !add_extension(server.get(), ca, NID_basic_constraints, "critical,CA:FALSE") ||
      !add_extension(server.get(), ca, NID_key_usage, "critical,digitalSignature") ||
      !add_extension(server.get(), ca, NID_ext_key_usage, "serverAuth") ||
      !add_extension(server.get(), ca, NID_subject_key_identifier, "hash") ||
      !add_extension(server.get(), ca, NID_authority_key_identifier, "keyid") ||
      !add_extension(server.get(), ca, NID_subject_alt_name, alternatives) || X509_sign(server.get(), ca_key, EVP_sha256()) == 0)
    return failed("the server's certificate could not be made");
  return server;
}

std::string text_of(const GENERAL_NAME* name) {
  if (name->type == GEN_DNS)
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
            static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName))};
  if (name->type != GEN_IPADD) return {};
  const auto* bytes = ASN1_STRING_get0_data(name->d.iPAddress);
  const int size = ASN1_STRING_length(name->d.iPAddress);
  std::string text;
  if (size == 4)
    for (int i = 0; i < 4; ++i) text += (i ? "." : "") + std::to_string(bytes[i]);
  if (size == 16) {
    static constexpr const char* kHex = "0123456789abcdef";
    for (int i = 0; i < 16; ++i) {
      if (i > 0 && i % 2 == 0) text += ':';
      text += kHex[bytes[i] >> 4U];
      text += kHex[bytes[i] & 15U];
    }
  }
  return text;
}

std::optional<Time> time_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  const std::chrono::year_month_day day{std::chrono::year{parts.tm_year + 1900},
                                        std::chrono::month{static_cast<unsigned>(parts.tm_mon + 1)},
                                        std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
  if (!day.ok()) return std::nullopt;
  return std::chrono::sys_days{day} + std::chrono::hours{parts.tm_hour} + std::chrono::minutes{parts.tm_min} +
         std::chrono::seconds{parts.tm_sec};
}

// "2001:db8::1" -> "2001:0db8:0000:...:0001", and names in lower case: one form to compare.
std::string one_form(std::string_view name) {
  std::string text(name);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (text.find(':') == std::string::npos) return text;
  const std::unique_ptr<ASN1_OCTET_STRING, FreeWith<ASN1_OCTET_STRING_free>> bytes(a2i_IPADDRESS(text.c_str()));
  if (!bytes) return text;
  GENERAL_NAME name_of_address{};
  name_of_address.type = GEN_IPADD;
  name_of_address.d.iPAddress = bytes.get();
  return text_of(&name_of_address);
}

}  // namespace

Result<CertificateFacts> read_certificate(std::string_view pem) {
  const auto certificate = certificate_of(pem);
  if (!certificate) return Error{ErrorKind::malformed, "certificate: no PEM certificate"};
  const auto from = time_of(X509_get0_notBefore(certificate.get()));
  const auto to = time_of(X509_get0_notAfter(certificate.get()));
  if (!from || !to) return Error{ErrorKind::malformed, "certificate: its dates cannot be read"};
  CertificateFacts facts{{}, *from, *to, {}};
  auto* names = static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate.get(), NID_subject_alt_name, nullptr, nullptr));
  for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i)
    if (auto text = text_of(sk_GENERAL_NAME_value(names, i)); !text.empty()) facts.names.push_back(std::move(text));
  GENERAL_NAMES_free(names);
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(X509_get0_pubkey(certificate.get()), &der);
  if (size <= 0) return Error{ErrorKind::malformed, "certificate: its key cannot be read"};
  std::array<unsigned char, 32> digest{};
  EVP_Digest(der, static_cast<std::size_t>(size), digest.data(), nullptr, EVP_sha256(), nullptr);
  OPENSSL_free(der);
  facts.pin = "sha256//" + platform::base64_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
  return facts;
}

bool covers(const std::vector<std::string>& names, std::string_view host) {
  const auto wanted = one_form(host);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    const auto held = one_form(name);
    if (held == wanted) return true;
    const auto dot = wanted.find('.');
    return held.starts_with("*.") && dot != std::string::npos && !is_address(wanted) && held.substr(1) == wanted.substr(dot);
  });
}

Result<CertificateFiles> own_certificate(const std::string& directory, const std::vector<std::string>& names, Time now) {
  if (auto made = platform::own_private_directory(directory); !made) return made.error();
  const CertificateFiles files{directory + "/server.pem", directory + "/server.key"};
  auto ca_key = own_key(directory + "/ca.key");
  if (!ca_key) return ca_key.error();
  auto key = own_key(files.key);
  if (!key) return key.error();

  auto ca_pem = platform::read_own_file(directory + "/ca.pem", kMaxPem);
  if (!ca_pem && ca_pem.error().kind != ErrorKind::not_found) return ca_pem.error();
  if (!ca_pem) {
    auto made = make_ca(ca_key->get(), now);
    if (!made) return made.error();
    ca_pem = pem_of(made->get());
    if (auto written = platform::write_file_durably(directory + "/ca.pem", *ca_pem); !written) return written.error();
  }
  const auto ca = certificate_of(*ca_pem);
  if (!ca) return Error{ErrorKind::malformed, directory + "/ca.pem: no certificate"};

  const auto old = platform::read_own_file(files.certificate, kMaxPem);
  const auto facts = old ? read_certificate(*old) : Result<CertificateFacts>(old.error());
  const bool good =
      facts && facts->not_before <= now && facts->not_after - kRenewBefore > now &&
      std::all_of(names.begin(), names.end(), [&](const auto& name) { return !is_plain(name) || covers(facts->names, name); });
  if (good) return files;
  const auto server = make_server(key->get(), ca.get(), ca_key->get(), names, now);
  if (!server) return server.error();
  if (auto written = platform::write_file_durably(files.certificate, pem_of(server->get()) + *ca_pem); !written) return written.error();
  return files;
}

}  // namespace gokajo::hub
