/// \file
/// The public feeds that the hub knows (hub/feeds/data/feeds.json), whose links may be shown, and what hub.toml says of them.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/text.h"
#include "platform/result.h"

namespace gokajo::hub {

/// xml: RSS 1.0 (RDF), RSS 2.0 or Atom. kev: the JSON of CISA's list of what is exploited.
enum class FeedForm { xml, kev };
BOOST_DESCRIBE_ENUM(FeedForm, xml, kev)

/// briefing: its alerts concern everybody. match: looked through for programs that the company has.
enum class FeedUse { briefing, match };
BOOST_DESCRIBE_ENUM(FeedUse, briefing, match)

/// `hours`: between two readings, at least. `confidence` of `address`, as the list has it: H, M or L.
struct PublicFeed {
  std::string id;
  compliance::Text name;
  std::string address;
  std::string confidence;
  FeedForm form = FeedForm::xml;
  FeedUse use = FeedUse::match;
  std::int64_t hours = 12;
};
BOOST_DESCRIBE_STRUCT(PublicFeed, (), (id, name, address, confidence, form, use, hours))

inline constexpr std::int64_t kLeastFeedHours = 12;

/// A file of hub/feeds/data; empty: there is none of that name.
std::string_view feeds_data(std::string_view name);

const std::vector<PublicFeed>& public_feeds();
/// Whether `host` is that of a known publisher or below it: no port, no user.
bool is_publisher(std::string_view host);

/// [feeds] of hub.toml. `read`: without it, or where it is false, the hub asks nobody. `addresses`: instead of the list's, by id; empty:
/// that feed is not read. `authorities`: a PEM file of those that count instead of this machine's (an office proxy that opens TLS).
struct FeedSettings {
  bool read = false;
  std::map<std::string, std::string> addresses;
  std::string authorities;
};

/// The feeds to be read by these settings, with their addresses.
std::vector<PublicFeed> chosen_feeds(const FeedSettings& settings);

/// Error{malformed} names the line: a key or feed that is none, an address that does not begin with https:// or holds a user.
platform::Result<std::optional<FeedSettings>> read_feed_settings(std::string_view toml);
/// Of the hub.toml that holds (hub/hub_toml.h); `read` false where it says nothing. A demo's hub reads nothing.
platform::Result<FeedSettings> find_feed_settings(const std::string& directory);

}  // namespace gokajo::hub
