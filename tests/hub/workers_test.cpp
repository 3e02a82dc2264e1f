#include "hub/workers.h"

#include <atomic>
#include <numeric>
#include <stdexcept>
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
