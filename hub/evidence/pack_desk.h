/// \file
/// Makes the evidence packs that people ask for on the pages, one after the other, on a thread and a connection to the store of its own: no
/// page waits for one, and no PC. Any thread may ask.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "hub/evidence/make_pack.h"

namespace gokajo::hub {

/// failed: the last one of the company could not be made. What was made stands in the store, and nothing here.
enum class PackWork { waiting, failed };

inline constexpr std::size_t kMostPackWishes = 20;

class PackDesk {
 public:
  /// Where it works, and what goes wrong is told to, on its thread. All must outlive it.
  struct Place {
    std::string where;  ///< for open_store()
    const std::string& directory;
    const Pepper& pepper;
    const Library* library = nullptr;
    std::function<Time()> clock;
    std::function<void(const platform::Error&)> complain;
  };

  explicit PackDesk(Place place) : place_(std::move(place)) {}
  /// Leaves off what it is at; wishes that wait are forgotten.
  ~PackDesk();
  PackDesk(const PackDesk&) = delete;
  PackDesk& operator=(const PackDesk&) = delete;

  /// False: the company has one waiting already, or kMostPackWishes wait.
  bool ask(PackWish wish);
  std::optional<PackWork> of(const std::string& tenant) const;

 private:
  void run();
  platform::Status make(const PackWish& wish);

  Place place_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<PackWish> waiting_;
  std::map<std::string, PackWork> work_;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

}  // namespace gokajo::hub
