/// \file
/// Feeds and proposals while the hub serves: now and then it looks what is due, on a thread of its own with a connection of its own, so
/// that no PC waits for a publisher. Of several hubs one does it.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "hub/feeds/reading.h"

namespace gokajo::hub {

struct FeedDeskOptions {
  std::string database;
  FeedSettings settings;
  std::function<platform::Time()> clock;
  /// Called from the desk's thread with what an administrator must know.
  std::function<void(const platform::Error&)> complain;
  FetchFeed fetch = fetch_feed;
};

/// One round: every feed that is due (or each, `at_once`), then this month's proposal for every company that has none. Gives how many feeds
/// were tried and how many proposals were made. `looked`: when the PCs of each company were last looked through, which is not done again
/// within kLookThroughAgain. `ends`: asked between two steps whether to stop.
struct FeedRound {
  int feeds = 0;
  int proposals = 0;
};
using LookedThrough = std::map<std::string, platform::Time>;
inline constexpr std::chrono::hours kLookThroughAgain{12};
platform::Result<FeedRound> feed_round(Store& store, FeedReading& reading, LookedThrough& looked, platform::Time now, bool at_once,
                                       const std::function<bool()>& ends = {});

class FeedDesk {
 public:
  /// Where the settings say that nothing is read, its thread marks what was read before so, and ends.
  explicit FeedDesk(FeedDeskOptions options);
  ~FeedDesk();
  FeedDesk(const FeedDesk&) = delete;
  FeedDesk& operator=(const FeedDesk&) = delete;

 private:
  void run();
  void work();
  bool waited(std::chrono::seconds time);
  FeedDeskOptions options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace gokajo::hub
