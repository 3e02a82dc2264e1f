#include "hub/workers.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

namespace gokajo::hub {

namespace {
constexpr unsigned kMostThreads = 8;
}

struct Workers::Pool {
  explicit Pool(unsigned others) : size(others), threads(others) {}
  unsigned size;
  boost::asio::thread_pool threads;
};

Workers::Workers(unsigned threads) {
  if (threads == 0) threads = std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
  if (threads > 1) pool_ = std::make_unique<Pool>(threads - 1);
}

Workers::~Workers() {
  if (pool_) pool_->threads.join();
}

void Workers::each(std::size_t count, const std::function<void(std::size_t)>& work, const std::function<void()>& first) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto kept = [&](const auto& doing) {
    try {
      doing();
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!thrown) thrown = std::current_exception();
    }
  };
  const auto take = [&] {
    for (auto i = next++; i < count; i = next++) kept([&] { work(i); });
  };
  const std::size_t of_caller = count > 0 && !first ? 1 : 0;
  const auto others = pool_ ? std::min<std::size_t>(pool_->size, count - of_caller) : 0;
  // No std::latch: without a futex (Windows) that of libstdc++ 12 sleeps for good when it is told between its look and its lock
  // (bits/atomic_wait.h).
  std::condition_variable changed;
  auto working = others;
  for (std::size_t i = 0; i < others; ++i)
    boost::asio::post(pool_->threads, [&] {
      take();
      // Told under the lock: behind it nothing of this call may be touched any more.
      const std::lock_guard lock(mutex);
      if (--working == 0) changed.notify_one();
    });
  if (first) kept(first);
  take();
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return working == 0; });
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace gokajo::hub
