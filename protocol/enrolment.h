/// \file
/// How a device and a hub meet: the device shows its key and a code that a person gave it, the hub answers who it is for. Form:
/// docs/schema/enrol.schema.json, enrolled.schema.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "platform/json_form.h"
#include "protocol/device_key.h"

namespace gokajo::protocol {

inline constexpr const char* kEnrolFormat = "gokajo-enrol/1";
inline constexpr const char* kEnrolledFormat = "gokajo-enrolled/1";
inline constexpr std::size_t kMaxEnrolBytes = 16U << 10U;
inline constexpr std::size_t kMaxLabel = 60;  ///< characters (not bytes) of a label

/// A code's eight characters, without those that are mistaken for others when read out or printed: no 0 O 1 I L U.
inline constexpr std::string_view kCodeCharacters = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
inline constexpr std::size_t kCodeLength = 8;

/// "k7wm-p2qx" and " K7WMP2QX" -> "K7WMP2QX". Error{malformed}: another length or another character.
platform::Result<std::string> read_code(std::string_view text);

/// "K7WM-P2QX", as it is printed.
std::string shown_code(std::string_view code);

/// `code` as read_code() gives it. `public_key`: base64 of its 32 bytes. `label`: what the office calls this PC (呼び名); a person may
/// change it at the hub. Signed by the key itself, at position 0, 0.
struct Enrol {
  std::string format = kEnrolFormat;
  std::string code;
  std::string public_key;
  std::string label;
  std::string host_name;
  std::string agent_version;
};
BOOST_DESCRIBE_STRUCT(Enrol, (), (format, code, public_key, label, host_name, agent_version))

/// waiting: reports are taken and kept, and count once somebody at the hub has approved the device.
enum class DeviceState { approved, waiting };
BOOST_DESCRIBE_ENUM(DeviceState, approved, waiting)

/// `epoch`: the device's numbers begin anew in it. Asked again by the same key with the same code, the hub gives the same answer.
struct Enrolled {
  std::string format = kEnrolledFormat;
  std::string device;
  std::int64_t epoch = 0;
  std::string company;
  DeviceState state = DeviceState::waiting;
};
BOOST_DESCRIBE_STRUCT(Enrolled, (), (format, device, epoch, company, state))

std::string write_enrol(const Enrol& enrol);
/// Error{malformed} names the place: another format, a code or key in another form, a label that is too long or holds a control character.
platform::Result<Enrol> read_enrol(std::string_view text);
/// The key of a read Enrol.
PublicKey key_of(const Enrol& enrol);

std::string write_enrolled(const Enrolled& enrolled);
platform::Result<Enrolled> read_enrolled(std::string_view text);

}  // namespace gokajo::protocol
