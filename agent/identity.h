/// \file
/// Who this PC is to its hub, and where that hub is: what enrolment leaves in the state directory.
///
///   device.key      the 32 bytes the key is made from, mode 0600, on Windows sealed (platform/sealed_secret.h); made at the first
///   enrolment, kept by later ones enrolment.json  hub, device id, epoch, company hub-ca.pem      the authority that signs the hub's
///   certificate, where it is not one this PC trusts anyway
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "agent/http_client.h"
#include "protocol/device_key.h"
#include "protocol/enrolment.h"

namespace gokajo::agent {

inline constexpr const char* kEnrolmentFormat = "gokajo-enrolment/1";
inline constexpr std::size_t kMaxCaBytes = 256U << 10U;

/// `hub`: as read_hub_address() gives it. `pin`: as read_pin() gives it. `own_ca`: only hub-ca.pem is believed, not what the PC trusts.
/// `proxy`: absent means the environment's. `device`: the id of the key that was enrolled. `enrolled_at`: by this PC's clock.
struct Enrolment {
  std::string format = kEnrolmentFormat;
  std::string hub;
  std::optional<std::string> pin;
  bool own_ca = false;
  std::optional<std::string> proxy;
  std::string device;
  std::int64_t epoch = 0;
  std::string company;
  protocol::DeviceState state = protocol::DeviceState::waiting;
  std::string label;
  platform::Time enrolled_at{};
};
BOOST_DESCRIBE_STRUCT(Enrolment, (), (format, hub, pin, own_ca, proxy, device, epoch, company, state, label, enrolled_at))

/// "hub.example.jp", "https://hub.example.jp:8443/" -> "https://hub.example.jp:8443". Error{malformed}: another scheme than https, a user,
/// a path, a character that no host name or address has.
platform::Result<std::string> read_hub_address(std::string_view text);

/// "sha256//<base64 of 32 bytes>": the SHA-256 of the public key in the hub's certificate (RFC 7469 section 2.4), as the hub prints it.
platform::Result<std::string> read_pin(std::string_view text);

/// "http://host:port" or "socks5h://host:port". Error{malformed}: anything else, a user and password included: they would stand in a file.
platform::Result<std::string> read_proxy(std::string_view text);

/// The key of the state directory. Error{not_found}: none was made yet; denied: others can read it; malformed: damaged.
platform::Result<protocol::DeviceKey> device_key(const std::string& directory);

/// The same, made first where there is none. Whoever calls holds the directory's lock.
platform::Result<protocol::DeviceKey> device_key_made(const std::string& directory);

/// Error{not_found}: not enrolled; malformed, denied: nothing may be sent.
platform::Result<Enrolment> read_enrolment(const std::string& directory);
platform::Status write_enrolment(const std::string& directory, const Enrolment& enrolment, std::string_view ca_pem);

/// What came from the hub goes too (agent/handed_out.h). The key stays: the same PC is the same device should it be enrolled again.
platform::Status forget_enrolment(const std::string& directory);

/// Where the enrolment's hub is, with what its certificate is held against.
platform::Result<HubConnection> connection_of(const std::string& directory, const Enrolment& enrolment);

}  // namespace gokajo::agent
