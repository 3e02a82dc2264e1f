/// \file
/// The hub's answer to a report: only it empties the spool. Sent after the report was committed durably, never before.
/// Form: docs/schema/receipt.schema.json.
#pragma once

#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "platform/json_form.h"
#include "protocol/signed_request.h"

namespace gokajo::protocol {

inline constexpr const char* kReceiptFormat = "gokajo-receipt/1";
inline constexpr std::size_t kMaxReceiptBytes = 64U << 10U;

/// `device`, `epoch` and `seq` name the report, `body_sha256` what was stored of it. `known`: it had been stored before, and counts once.
struct Receipt {
  std::string format = kReceiptFormat;
  std::string device;
  std::int64_t epoch = 0;
  std::int64_t seq = 0;
  std::string body_sha256;
  platform::Time stored_at{};
  bool known = false;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (format, device, epoch, seq, body_sha256, stored_at, known))

std::string write_receipt(const Receipt& receipt);

/// Error{malformed} names the place. What a captive portal answers with status 200 is not a receipt.
platform::Result<Receipt> read_receipt(std::string_view text);

}  // namespace gokajo::protocol
