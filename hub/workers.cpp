#include "hub/workers.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

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

struct Workers::Running::Shared {
  std::size_t count;
  std::function<void(std::size_t)> work;
  std::size_t working;  // other threads, under the mutex
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  // No std::latch: without a futex (Windows) that of libstdc++ 12 sleeps for good when it is told between its look and its lock
  // (bits/atomic_wait.h).
  std::condition_variable changed;
  std::exception_ptr thrown;
};

Workers::Running::Running(std::size_t count, std::function<void(std::size_t)> work, std::size_t others)
    : shared_(new Shared{count, std::move(work), others}) {}

Workers::Running::~Running() {
  shared_->next = shared_->count;
  wait();
}

void Workers::Running::take() {
  auto& shared = *shared_;
  for (auto i = shared.next++; i < shared.count; i = shared.next++) {
    try {
      shared.work(i);
    } catch (...) {
      const std::lock_guard lock(shared.mutex);
      if (!shared.thrown) shared.thrown = std::current_exception();
    }
  }
}

void Workers::Running::wait() {
  std::unique_lock lock(shared_->mutex);
  shared_->changed.wait(lock, [&] { return shared_->working == 0; });
}

void Workers::Running::finish() {
  take();
  wait();
  if (auto thrown = std::exchange(shared_->thrown, nullptr)) std::rethrow_exception(thrown);
}

std::unique_ptr<Workers::Running> Workers::begun(std::size_t count, std::function<void(std::size_t)> work, std::size_t others) {
  others = pool_ ? std::min<std::size_t>(pool_->size, others) : 0;
  std::unique_ptr<Running> running(new Running(count, std::move(work), others));
  for (std::size_t i = 0; i < others; ++i)
    boost::asio::post(pool_->threads, [&one = *running] {
      one.take();
      // Told under the lock: behind it nothing of this may be touched any more.
      const std::lock_guard lock(one.shared_->mutex);
      if (--one.shared_->working == 0) one.shared_->changed.notify_one();
    });
  return running;
}

std::unique_ptr<Workers::Running> Workers::begin(std::size_t count, std::function<void(std::size_t)> work) {
  return begun(count, std::move(work), count);
}

void Workers::each(std::size_t count, const std::function<void(std::size_t)>& work, const std::function<void()>& first) {
  const std::size_t of_caller = count > 0 && !first ? 1 : 0;
  const auto running = begun(count, work, count - of_caller);
  std::exception_ptr thrown;
  try {
    if (first) first();
  } catch (...) {
    thrown = std::current_exception();
  }
  try {
    running->finish();
  } catch (...) {
    if (!thrown) thrown = std::current_exception();
  }
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace gokajo::hub
