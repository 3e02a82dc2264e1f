/// \file
/// deb822(5) files as a stream of stanzas: dpkg's status and apt's Packages, which are far larger than what is held of them.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform::deb {

/// Reads like read(2): up to `size` bytes, 0 at the end.
using ReadBytes = std::function<Result<std::size_t>(char* into, std::size_t size)>;

inline constexpr std::size_t kMaxStanzaBytes = 4U << 20U;

/// Calls `take` for every stanza in order; the view ends with the call. Errors: those of `read`, too_large for a stanza above the limit,
/// malformed for a zero byte (no deb822 file holds one).
Status for_each_stanza(const ReadBytes& read, const std::function<void(std::string_view stanza)>& take);

/// The value of a field as it stands there, without the blanks around it, the lines of a folded one included; empty when there is none.
std::string_view field(std::string_view stanza, std::string_view name);

}  // namespace gokajo::platform::deb
