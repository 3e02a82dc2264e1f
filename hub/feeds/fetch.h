/// \file
/// One feed over HTTPS: conditional, bounded, and never to a place that somebody outside chose in the office's network.
#pragma once

#include <functional>
#include <string>

#include "platform/result.h"

namespace gokajo::hub {

inline constexpr long kFeedSeconds = 60;  ///< from the first connection to the last byte
inline constexpr int kFeedRedirects = 3;

/// `etag`, `modified`: of the last good copy; empty: none. `most`: bytes, of the body as it comes and unpacked. `authorities`: a PEM file;
/// empty: those of this machine.
struct FeedRequest {
  std::string address;
  std::string etag;
  std::string modified;
  std::size_t most = 0;
  std::string authorities;
};

/// `unchanged`: the copy there is is still good (304), and there is no body.
struct FeedReply {
  bool unchanged = false;
  std::string body;
  std::string etag;
  std::string modified;
};

using FetchFeed = std::function<platform::Result<FeedReply>(const FeedRequest&)>;

/// GET, HTTPS 1.2 or later, certificates verified, through the system's proxy where there is one. Follows kFeedRedirects redirects at most,
/// to https only; no connection goes to an address that is not public (hub/feeds/public_address.h) unless `address` itself names this
/// machine, which then may be connected to and nothing else that is not public. With a proxy the names are its business: only hosts that
/// are written as addresses are looked at.
///
/// Errors: too_large (ended while it came in), timed_out, denied (certificate, or a place that may not be connected to), malformed (what is
/// asked for is no https address), failed (no connection, an answer other than 200 and 304). The detail says which, for an administrator.
platform::Result<FeedReply> fetch_feed(const FeedRequest& request);

}  // namespace gokajo::hub
