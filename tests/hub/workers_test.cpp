#include "hub/workers.h"

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace gokajo::tests {

using hub::Workers;

TEST_CASE("work is done once for each number, whoever does it") {
  for (const unsigned threads : {1U, 2U, 5U}) {
    Workers workers(threads);
    for (const std::size_t count : {0U, 1U, 2U, 7U, 1000U}) {
      std::vector<int> done(count);
      workers.each(count, [&](std::size_t i) { ++done[i]; });
      CHECK(std::accumulate(done.begin(), done.end(), 0) == static_cast<int>(count));
      CHECK(done == std::vector<int>(count, 1));
    }
  }
}

// std::latch of libstdc++ 12 without a futex (Windows) looks before it takes its lock, and is told without it: a hub stood still for good.
TEST_CASE("short work comes back however often it is asked for") {
  Workers workers(2);
  std::atomic<int> done = 0;
  for (int round = 0; round < 20000; ++round) workers.each(2, [&](std::size_t) { ++done; });
  CHECK(done == 40000);
}

TEST_CASE("work that has begun goes on beside the caller, is done once finished, and is left undone where nobody finishes it") {
  for (const unsigned threads : {1U, 2U, 5U}) {
    CAPTURE(threads);
    Workers workers(threads);
    std::vector<int> done(1000);
    std::atomic<int> begun = 0;
    const auto running = workers.begin(done.size(), [&](std::size_t i) {
      ++begun;
      ++done[i];
    });
    // The others do not wait for the caller; alone it does all in finish().
    while (threads > 1 && begun == 0) std::this_thread::yield();
    CHECK((threads > 1 || begun == 0));
    std::atomic<int> beside = 0;
    workers.each(10, [&](std::size_t) { ++beside; });
    CHECK(beside == 10);
    running->finish();
    CHECK(done == std::vector<int>(done.size(), 1));
    running->finish();  // nothing is left to do
    CHECK(done == std::vector<int>(done.size(), 1));

    std::atomic<int> taken = 0, held = 0;
    std::atomic<bool> go = false;
    std::thread go_on;
    {
      const auto left = workers.begin(1000, [&](std::size_t) {
        ++held;
        while (!go) std::this_thread::yield();
        std::this_thread::sleep_for(std::chrono::milliseconds{5});  // all of them would take seconds
        ++taken;
      });
      while (held < static_cast<int>(threads) - 1) std::this_thread::yield();
      go_on = std::thread([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{20});  // the end below has begun by then
        go = true;
      });
    }
    go_on.join();
    CHECK(taken == held);  // nothing is touched once it ended
    CHECK(taken < 1000);
  }
}

TEST_CASE("what begun work throws comes back with its end") {
  Workers workers(2);
  const auto running = workers.begin(10, [](std::size_t i) {
    if (i == 3) throw std::out_of_range("three");
  });
  CHECK_THROWS_AS(running->finish(), std::out_of_range);
}

TEST_CASE("what is thrown comes back to whoever asked, once the rest is done") {
  for (const unsigned threads : {1U, 2U, 5U}) {
    Workers workers(threads);
    for (int round = 0; round < 50; ++round) {
      std::atomic<int> done = 0;
      CHECK_THROWS_AS(workers.each(100,
                                   [&](std::size_t i) {
                                     if (i % 10 == 3) throw std::out_of_range("three");
                                     ++done;
                                   }),
                      std::out_of_range);
      CHECK(done == 90);
    }
  }
}

}  // namespace gokajo::tests
