/// \file
/// What `nft -j list ruleset` prints, libnftables-json(5).
#pragma once

#include <string_view>

#include "collectors/packet_filter.h"
#include "platform/result.h"

namespace gokajo::collectors::parse {

/// The rules of families ip, ip6 and inet. `opaque`: families whose rules iptables wrote in a form nft cannot show ("xt"), so that only
/// iptables-save knows them. Error{malformed} names what was expected.
struct NftRuleset {
  FilterRules rules;
  std::vector<std::string> opaque;
};
platform::Result<NftRuleset> parse_nft_ruleset(std::string_view text);

}  // namespace gokajo::collectors::parse
