/// \file
/// A request that travels as a file, from a PC without network to `gokajo-hub import`: the same bytes and the same signature as over the
/// network.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "platform/json_form.h"

namespace gokajo::protocol {

inline constexpr const char* kCarriedFormat = "gokajo-carried/1";
/// In a folder: "gokajo-….report.json", and beside it what the hub said, "gokajo-….receipt.json".
inline constexpr const char* kCarriedPrefix = "gokajo-";
inline constexpr const char* kCarriedSuffix = ".report.json";
inline constexpr const char* kReceiptSuffix = ".receipt.json";
inline constexpr std::size_t kMaxCarriedBytes = 512U << 10U;

/// `method` and `path`: of the request; only POST /v1/reports is taken. `device`, `epoch`, `seq`, `signature`: its Gokajo- headers.
/// `encoding`: its Content-Encoding, if there is one. `body`: base64 of its body.
struct Carried {
  std::string format = kCarriedFormat;
  std::string method;
  std::string path;
  std::string device;
  std::int64_t epoch = 0;
  std::int64_t seq = 0;
  std::string signature;
  std::optional<std::string> encoding;
  std::string body;
};
BOOST_DESCRIBE_STRUCT(Carried, (), (format, method, path, device, epoch, seq, signature, encoding, body))

std::string write_carried(const Carried& carried);
/// Error{malformed} names the place. `body` comes back decoded.
platform::Result<Carried> read_carried(std::string_view text);

}  // namespace gokajo::protocol
