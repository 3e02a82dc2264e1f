/// \file
/// What the hub would have of a PC that has nothing to report just now: asked for about once an hour, so that somebody who presses
/// 再チェック need not wait for the next day's report. Form: docs/schema/wishes.schema.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "platform/json_form.h"

namespace gokajo::protocol {

inline constexpr const char* kWishesFormat = "gokajo-wishes/1";
inline constexpr const char* kWishesPath = "/v1/wishes";
inline constexpr std::size_t kMaxWishesBytes = 4U << 10U;

/// The same two as in a receipt (protocol/receipt.h).
struct Wishes {
  std::string format = kWishesFormat;
  std::optional<std::string> settings_sha256;
  std::optional<platform::Time> scan_wanted;
};
BOOST_DESCRIBE_STRUCT(Wishes, (), (format, settings_sha256, scan_wanted))

std::string write_wishes(const Wishes& wishes);

/// Error{malformed} names the place.
platform::Result<Wishes> read_wishes(std::string_view text);

}  // namespace gokajo::protocol
