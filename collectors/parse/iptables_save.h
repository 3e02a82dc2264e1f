/// \file
/// What iptables-save and ip6tables-save print, iptables-save(8), iptables-extensions(8).
#pragma once

#include <string_view>

#include "collectors/packet_filter.h"
#include "platform/result.h"

namespace gokajo::collectors::parse {

/// Chains of all tables in the text, for `family` "ip" or "ip6". Options that are not understood become unreadable conditions.
/// Error{malformed} when the text holds no table; Error{too_large} above 200,000 lines.
platform::Result<FilterRules> parse_iptables_save(std::string_view text, std::string_view family);

/// What a rule with `-j target` does. A target that is neither a verdict nor known to let the packet go on is a jump to a chain; where none
/// has that name, it may end either way.
FilterRule::Action action_of_target(std::string_view target);

}  // namespace gokajo::collectors::parse
