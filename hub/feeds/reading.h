/// \file
/// Reads the chosen feeds when they are due, and keeps the last good copy of each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/feeds/catalogue.h"
#include "hub/feeds/fetch.h"
#include "hub/feeds/notice.h"
#include "hub/store.h"

namespace gokajo::hub {

inline constexpr platform::Days kFeedOld{7};  ///< a copy older than that is told to people

/// What a body is, by its feed's form. Error{malformed}: also where nothing in it may be shown, so that an empty page never replaces what
/// is kept.
platform::Result<Notices> read_feed(const PublicFeed& feed, std::string_view body, platform::Time received);

/// Belongs to one thread, with a Store of its own: nothing is locked while somebody else's server is waited for.
class FeedReading {
 public:
  FeedReading(Store& store, FeedSettings settings, FetchFeed fetch = fetch_feed);

  /// Rows of feeds that are not read any more say so. To be called once, before the first step.
  platform::Status begin();
  /// Reads one feed that is due (all of them, one after another, while `at_once`); false: none is. What went wrong with a feed is in its
  /// row; an Error is the store's.
  platform::Result<bool> step(platform::Time now, bool at_once = false);

 private:
  platform::Status keep(const KeptFeed& feed);
  Store& store_;
  FeedSettings settings_;
  std::vector<PublicFeed> feeds_;
  FetchFeed fetch_;
  std::vector<std::string> done_at_once_;
};

/// One that people must hear of. `good`: when the copy in use was last good; none: there never was one. `why`: the kind of what went wrong
/// last, as platform::ErrorKind has it; empty: nothing was tried since.
struct OldFeed {
  std::string id;
  compliance::Text name;
  std::optional<platform::Time> good;
  std::string why;
};

/// Of what the store has (without items): feeds that are read and whose copy is older than kFeedOld, or that were tried for so long and
/// never read.
std::vector<OldFeed> old_feeds(const std::vector<KeptFeed>& kept, platform::Time now);

/// In words: "通信先が時間内に答えませんでした". Of a kind nobody knows: of failed.
const compliance::Text& words_of_feed_problem(std::string_view why);

}  // namespace gokajo::hub
