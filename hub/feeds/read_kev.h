/// \file
/// CISA's list of vulnerabilities that are exploited (Known Exploited Vulnerabilities), in its JSON. Foreign bytes.
#pragma once

#include <string_view>

#include "hub/feeds/notice.h"

namespace gokajo::hub {

/// So far back from `received` entries are kept; the list goes back to 2021.
inline constexpr platform::Days kKevReaches{180};
inline constexpr std::size_t kMaxKevEntries = 20'000;

/// Error{too_large, malformed} names the place: no list, a `count` that is another than its length (it was cut), an entry without its
/// number, product or date. Members nobody asked for are passed over: the list grows new ones.
platform::Result<Notices> read_kev(std::string_view json, platform::Time received);

}  // namespace gokajo::hub
