/// \file
/// Looks at published policies while the hub serves: once a month, and when a person asks; on a thread of its own with a connection of its
/// own, so that nobody waits for another's web server. Of several hubs one does it.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "hub/declaring/published_page.h"

namespace gokajo::hub {

/// Every company whose look is due gets one. Gives how many were taken. `ends`: asked between two companies whether to stop. One company's
/// trouble keeps no other from its look; the first is given back behind the last company.
platform::Result<int> look_round(Store& store, platform::Time now, const FetchFeed& fetch, const std::function<bool()>& ends = {});

struct PageDeskOptions {
  std::string database;
  std::function<platform::Time()> clock;
  /// Called from the desk's thread with what an administrator must know.
  std::function<void(const platform::Error&)> complain;
  FetchFeed fetch = fetch_feed;
};

class PageDesk {
 public:
  explicit PageDesk(PageDeskOptions options);
  ~PageDesk();
  PageDesk(const PageDesk&) = delete;
  PageDesk& operator=(const PageDesk&) = delete;

 private:
  void run();
  void work();
  bool ends();
  bool waited(std::chrono::seconds time);
  PageDeskOptions options_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace gokajo::hub
