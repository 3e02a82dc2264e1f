#include "agent/identity.h"

#include <algorithm>

#include "agent/handed_out.h"
#include "platform/durable_file.h"
#include "platform/invoker.h"
#include "platform/json_form.h"
#include "platform/own_file.h"
#include "platform/sealed_secret.h"

namespace gokajo::agent {

using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;
using protocol::DeviceKey;

namespace {

constexpr const char* kKeyFile = "/device.key";
constexpr const char* kEnrolmentFile = "/enrolment.json";
constexpr const char* kCaFile = "/hub-ca.pem";
constexpr std::size_t kMaxEnrolment = 64U << 10U;
constexpr std::size_t kMaxAddress = 255;

Error not_an_address(const char* expected) { return {ErrorKind::malformed, std::string("address: expected ") + expected}; }

bool all_of(std::string_view text, std::string_view allowed) { return text.find_first_not_of(allowed) == std::string_view::npos; }

// "host", "host:443", "192.0.2.1:8443" or "[2001:db8::1]:8443".
bool is_authority(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789";
  static constexpr std::string_view kHost = "0123456789abcdefghijklmnopqrstuvwxyz.-";
  if (text.empty() || text.size() > kMaxAddress) return false;
  std::string_view host = text, port;
  if (text.front() == '[') {
    const auto end = text.find(']');
    if (end == std::string_view::npos || !all_of(text.substr(1, end - 1), "0123456789abcdef:.") || end == 1) return false;
    host = "";
    port = text.substr(end + 1);
  } else {
    const auto colon = std::min(text.find(':'), text.size());
    host = text.substr(0, colon);
    port = text.substr(colon);
    if (host.empty() || !all_of(host, kHost) || host.front() == '-' || host.front() == '.') return false;
  }
  if (port.empty()) return true;
  return port.size() >= 2 && port.size() <= 6 && port.front() == ':' && all_of(port.substr(1), kDigits) &&
         std::stol(std::string(port.substr(1))) <= 65535 && std::stol(std::string(port.substr(1))) > 0;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

Status write_key(const std::string& file, const DeviceKey& key) {
  auto seed = key.seed();
  const auto sealed = platform::seal_secret(seed);
  protocol::wipe(seed);
  return sealed ? platform::write_file_durably(file, *sealed) : Status(sealed.error());
}

}  // namespace

Result<std::string> read_hub_address(std::string_view text) {
  if (text.size() > 2 * kMaxAddress) return not_an_address("at most 255 characters");
  auto address = lower(text);
  if (const auto scheme = address.find("://"); scheme == std::string::npos)
    address.insert(0, "https://");
  else if (address.substr(0, scheme) != "https")
    return not_an_address("https://");
  static constexpr std::size_t kScheme = 8;  // "https://"
  if (address.size() > kScheme && address.ends_with('/')) address.pop_back();
  if (!is_authority(std::string_view(address).substr(std::min(kScheme, address.size()))))
    return not_an_address("https://host or https://host:port");
  return address;
}

Result<std::string> read_pin(std::string_view text) {
  static constexpr std::string_view kHead = "sha256//";
  const auto bytes = text.starts_with(kHead) && text.size() < 64 ? platform::base64_decode(text.substr(kHead.size())) : std::nullopt;
  if (!bytes || bytes->size() != 32 || platform::base64_encode(*bytes) != text.substr(kHead.size()))
    return Error{ErrorKind::malformed, "pin: expected sha256// and base64 of 32 bytes"};
  return std::string(text);
}

Result<std::string> read_proxy(std::string_view text) {
  if (text.size() > 2 * kMaxAddress) return not_an_address("at most 255 characters");
  auto proxy = lower(text);
  if (proxy.ends_with('/')) proxy.pop_back();
  for (const std::string_view scheme : {"http://", "socks5h://"})
    if (proxy.starts_with(scheme) && is_authority(std::string_view(proxy).substr(scheme.size()))) return proxy;
  return not_an_address("http://host:port or socks5h://host:port, without a user");
}

Result<DeviceKey> device_key(const std::string& directory) {
  const auto file = directory + kKeyFile;
  auto bytes = platform::read_secret_file(file, platform::kMaxSealedBytes);
  if (!bytes) return bytes.error();
  auto opened = platform::open_secret(*bytes);
  protocol::wipe(*bytes);
  if (!opened) return Error{opened.error().kind, file + ": " + opened.error().detail};
  auto key = DeviceKey::from_seed(opened->secret);
  protocol::wipe(opened->secret);
  // A key of before is sealed where it lies. Where that fails it serves as it is, and the next reading tries again.
  if (key && !opened->sealed) (void)write_key(file, *key);
  return key;
}

Result<DeviceKey> device_key_made(const std::string& directory) {
  auto known = device_key(directory);
  if (known || known.error().kind != ErrorKind::not_found) return known;
  if (auto status = platform::own_private_directory(directory); !status) return status.error();
  auto key = DeviceKey::make();
  if (auto status = write_key(directory + kKeyFile, key); !status) return status.error();
  return key;
}

Result<Enrolment> read_enrolment(const std::string& directory) {
  const auto file = directory + kEnrolmentFile;
  const auto text = platform::read_own_file(file, kMaxEnrolment);
  if (!text) return text.error();
  const auto json = platform::parse_json(*text, kMaxEnrolment);
  if (!json) return json.error();
  Enrolment enrolment;
  const platform::Place top{file};
  if (auto status = platform::read_form(*json, enrolment, top); !status) return status.error();
  if (enrolment.format != kEnrolmentFormat) return platform::misplaced(top.key("format"), std::string("expected ") + kEnrolmentFormat);
  if (const auto hub = read_hub_address(enrolment.hub); !hub || *hub != enrolment.hub || enrolment.epoch < 1)
    return platform::misplaced(top, "expected a hub and an epoch");
  return enrolment;
}

Status write_enrolment(const std::string& directory, const Enrolment& enrolment, std::string_view ca_pem) {
  // The authority first: an enrolment that names one which is not there yet would send nothing, and none that was meant to go with another
  // authority is ever used, for the hub's key or name would not fit.
  if (enrolment.own_ca)
    if (auto status = platform::write_file_durably(directory + kCaFile, ca_pem); !status) return status;
  return platform::write_file_durably(directory + kEnrolmentFile, platform::to_form(enrolment).dump(1) + "\n");
}

Status forget_enrolment(const std::string& directory) {
  if (auto status = platform::remove_file_durably(directory + kEnrolmentFile); !status) return status;
  if (auto status = platform::remove_file_durably(directory + kCaFile); !status) return status;
  return forget_hub_data(directory);
}

Result<HubConnection> connection_of(const std::string& directory, const Enrolment& enrolment) {
  HubConnection hub{enrolment.hub, enrolment.pin, {}, enrolment.proxy};
  if (!enrolment.own_ca) return hub;
  auto authority = platform::read_own_file(directory + kCaFile, kMaxCaBytes);
  if (!authority) return authority.error();
  if (authority->empty()) return Error{ErrorKind::malformed, directory + kCaFile + ": empty"};
  hub.ca_pem = std::move(*authority);
  return hub;
}

}  // namespace gokajo::agent
