#include "hub/writer.h"

#include <algorithm>
#include <atomic>
#include <future>

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace hub;

TEST_CASE("every request that was taken is answered once, in batches, and the end waits for it") {
  std::atomic<int> answered{0};
  std::size_t largest = 0;
  int taken = 0;
  std::promise<void> open;
  auto opened = open.get_future().share();
  {
    Writer writer({[&](std::span<const HttpRequest> requests, const Behind&) {
                     opened.wait();
                     largest = std::max(largest, requests.size());
                     return std::vector<HttpReply>(requests.size());
                   },
                   [] {}});
    for (int i = 0; i < 5000; ++i)
      if (writer.submit({}, [&](const HttpReply&) { ++answered; })) ++taken;
    open.set_value();
  }
  CHECK(answered == taken);
  CHECK(taken >= static_cast<int>(kQueue));
  CHECK(taken <= static_cast<int>(kQueue + kBatch));  // what was taken before the first batch was closed, and a full queue
  CHECK(largest == kBatch);
}

}  // namespace gokajo::tests
