/// \file
/// The hub's answer to a report: only it empties the spool. Sent after the report was committed durably, never before.
/// Form: docs/schema/receipt.schema.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "platform/json_form.h"
#include "protocol/signed_request.h"

namespace gokajo::protocol {

inline constexpr const char* kReceiptFormat = "gokajo-receipt/1";
inline constexpr std::size_t kMaxReceiptBytes = 64U << 10U;

/// `device`, `epoch` and `seq` name the report, `body_sha256` what was stored of it. `known`: it had been stored before, and counts once.
/// `wants_full`: it named an earlier report that the hub does not hold in full; the next one shall be in full, at once. `settings_sha256`:
/// of what GET /v1/settings would answer now. `scan_wanted`: when somebody last asked for a scan soon.
struct Receipt {
  std::string format = kReceiptFormat;
  std::string device;
  std::int64_t epoch = 0;
  std::int64_t seq = 0;
  std::string body_sha256;
  platform::Time stored_at{};
  bool known = false;
  std::optional<bool> wants_full;
  std::optional<std::string> settings_sha256;
  std::optional<platform::Time> scan_wanted;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (format, device, epoch, seq, body_sha256, stored_at, known, wants_full, settings_sha256, scan_wanted))

std::string write_receipt(const Receipt& receipt);

/// Error{malformed} names the place. What a captive portal answers with status 200 is not a receipt.
platform::Result<Receipt> read_receipt(std::string_view text);

}  // namespace gokajo::protocol
