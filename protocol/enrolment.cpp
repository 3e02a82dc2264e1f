#include "protocol/enrolment.h"

#include <algorithm>

namespace gokajo::protocol {

using platform::Error, platform::ErrorKind, platform::Place, platform::Result;

namespace {

constexpr std::size_t kMaxName = 255;  // bytes of a host name, hostname(7) allows 64

std::optional<PublicKey> decoded(const std::string& text) {
  const auto bytes = platform::base64_decode(text);
  PublicKey key{};
  if (!bytes || bytes->size() != key.size() || platform::base64_encode(*bytes) != text) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), key.begin());
  return key;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// Strict reading, and the format named in it.
template <class T>
Result<T> read_one(std::string_view text, const char* name, const char* format) {
  const auto json = platform::parse_json(text, kMaxEnrolBytes);
  if (!json) return json.error();
  const Place top{name};
  T value;
  if (auto status = platform::read_form(*json, value, top); !status) return status.error();
  if (value.format != format) return platform::misplaced(top.key("format"), std::string("expected \"") + format + "\"");
  return value;
}

}  // namespace

Result<std::string> read_code(std::string_view text) {
  std::string code;
  for (const char c : text) {
    if (c == '-' || c == ' ' || c == '\n' || c == '\r') continue;
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (kCodeCharacters.find(upper) == std::string_view::npos) return Error{ErrorKind::malformed, "code: a character that no code has"};
    code += upper;
    if (code.size() > kCodeLength) break;
  }
  if (code.size() != kCodeLength) return Error{ErrorKind::malformed, "code: expected " + std::to_string(kCodeLength) + " characters"};
  return code;
}

std::string shown_code(std::string_view code) {
  return code.size() == kCodeLength ? std::string(code.substr(0, 4)).append("-").append(code.substr(4)) : std::string(code);
}

std::string write_enrol(const Enrol& enrol) { return platform::to_form(enrol).dump(); }

Result<Enrol> read_enrol(std::string_view text) {
  auto enrol = read_one<Enrol>(text, "enrol", kEnrolFormat);
  if (!enrol) return enrol;
  const Place top{"enrol"};
  const auto code = read_code(enrol->code);
  if (!code || *code != enrol->code) return platform::misplaced(top.key("code"), "expected 8 characters of a code");
  if (!decoded(enrol->public_key)) return platform::misplaced(top.key("public_key"), "expected base64 of 32 bytes");
  if (characters(enrol->label) > kMaxLabel || has_control(enrol->label))
    return platform::misplaced(top.key("label"),
                               "expected at most " + std::to_string(kMaxLabel) + " characters, none of them a control character");
  if (enrol->host_name.size() > kMaxName || has_control(enrol->host_name))
    return platform::misplaced(top.key("host_name"), "too long, or a control character");
  if (enrol->agent_version.size() > kMaxName || has_control(enrol->agent_version))
    return platform::misplaced(top.key("agent_version"), "too long, or a control character");
  return enrol;
}

PublicKey key_of(const Enrol& enrol) { return decoded(enrol.public_key).value_or(PublicKey{}); }

std::string write_enrolled(const Enrolled& enrolled) { return platform::to_form(enrolled).dump() + "\n"; }

Result<Enrolled> read_enrolled(std::string_view text) {
  auto enrolled = read_one<Enrolled>(text, "enrolled", kEnrolledFormat);
  if (enrolled && enrolled->epoch < 1) return platform::misplaced(Place{"enrolled.epoch"}, "expected a number from 1 on");
  return enrolled;
}

}  // namespace gokajo::protocol
