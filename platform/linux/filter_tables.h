/// \file
/// The tables of nftables in this network namespace, from NETLINK_NETFILTER (linux/netfilter/nf_tables.h), which is what nft asks too.
#pragma once

#include <optional>
#include <string_view>

#include "platform/question.h"

namespace gokajo::platform {

/// One datagram of the kernel's answer to NFT_MSG_GETTABLE with NLM_F_DUMP, added to `tables`. True: it was the last one. Errors: denied
/// (without CAP_NET_ADMIN), unsupported (no nf_tables in this kernel), timed_out (the tables changed meanwhile: ask again), failed,
/// malformed, too_large.
Result<bool> parse_filter_tables(std::string_view datagram, FilterTables& tables);

Result<FilterTables> list_filter_tables();

}  // namespace gokajo::platform
