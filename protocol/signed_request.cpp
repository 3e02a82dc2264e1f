#include "protocol/signed_request.h"

#include <algorithm>

#include "platform/json_form.h"

namespace gokajo::protocol {

using platform::Error, platform::ErrorKind;

namespace {

bool is_hash(std::string_view text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != '\x7f'; });
}

Error malformed(const char* what) { return {ErrorKind::malformed, std::string("signed request: ") + what}; }

}  // namespace

platform::Result<std::string> signing_text(const RequestHead& head) {
  if (!is_word(head.method) || !std::all_of(head.method.begin(), head.method.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    return malformed("a method is capital letters");
  if (!is_word(head.path) || head.path.front() != '/') return malformed("a path starts with / and holds no blank");
  if (!is_hash(head.device)) return malformed("a device id is 64 hex digits");
  if (!is_hash(head.body_sha256)) return malformed("a body's hash is 64 hex digits");
  if (head.position.epoch < 0 || head.position.seq < 0) return malformed("epoch and seq are not below zero");
  return std::string("gokajo-request/1\n")
      .append(head.method)
      .append("\n")
      .append(head.path)
      .append("\n")
      .append(head.device)
      .append("\n")
      .append(std::to_string(head.position.epoch))
      .append("\n")
      .append(std::to_string(head.position.seq))
      .append("\n")
      .append(head.body_sha256)
      .append("\n");
}

platform::Result<std::string> sign_request(const RequestHead& head, const DeviceKey& key) {
  const auto text = signing_text(head);
  if (!text) return text.error();
  if (head.device != key.id()) return Error{ErrorKind::denied, "signed request: the head names another device than this key's"};
  const auto signature = key.sign(*text);
  return platform::base64_encode({reinterpret_cast<const char*>(signature.data()), signature.size()});
}

platform::Status verify_request(const RequestHead& head, std::string_view signature, const PublicKey& key) {
  const auto text = signing_text(head);
  if (!text) return text.error();
  if (head.device != device_id(key)) return Error{ErrorKind::denied, "signed request: the key belongs to another device"};
  const auto bytes = platform::base64_decode(signature);
  Signature raw{};
  // One form only: what decodes to the same bytes but reads differently is refused.
  if (!bytes || bytes->size() != raw.size() || platform::base64_encode(*bytes) != signature)
    return Error{ErrorKind::denied, "signed request: the signature is not 64 bytes in base64"};
  std::copy(bytes->begin(), bytes->end(), raw.begin());
  if (!verify(*text, raw, key)) return Error{ErrorKind::denied, "signed request: the signature does not fit"};
  return platform::Done{};
}

}  // namespace gokajo::protocol
