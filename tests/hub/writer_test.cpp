#include "hub/writer.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>

#include "hub/one_by_one.h"

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
                   [] { return std::chrono::seconds{1}; }});
    for (int i = 0; i < 5000; ++i)
      if (writer.submit({}, [&](const HttpReply&) { ++answered; })) ++taken;
    open.set_value();
  }
  CHECK(answered == taken);
  CHECK(taken >= static_cast<int>(kQueue));
  CHECK(taken <= static_cast<int>(kQueue + kBatch));  // what was taken before the first batch was closed, and a full queue
  CHECK(largest == kBatch);
}

TEST_CASE("what throws in a batch or between batches ends nothing: its requests are told so, the next are handled") {
  std::atomic<int> failed{0}, fine{0}, told{0}, ticks{0};
  {
    Writer writer({[&](std::span<const HttpRequest> requests, const Behind&) -> std::vector<HttpReply> {
                     for (const auto& one : requests)
                       if (one.target == "/bad") throw std::runtime_error("bad");
                     return std::vector<HttpReply>(requests.size());
                   },
                   [&] {
                     if (++ticks % 2 == 1) throw std::out_of_range("tick");
                     return std::chrono::seconds{1};
                   },
                   [&](const std::string& what) { told += what == "bad" || what == "tick" ? 1 : 1000; }});
    const auto count = [&](const HttpReply& reply) { ++(reply.status == 500 ? failed : fine); };
    for (int round = 0; round < 3; ++round) {
      HttpRequest bad;
      bad.target = "/bad";
      REQUIRE(writer.submit(bad, count));
      while (failed <= round) std::this_thread::yield();
      REQUIRE(writer.submit({}, count));
      while (fine <= round) std::this_thread::yield();
    }
  }
  CHECK(failed == 3);
  CHECK(fine == 3);
  CHECK(told >= 3 + 1);
  CHECK(told < 1000);
}

TEST_CASE("work that has more to do goes on at once, and a request waits for one step of it at most") {
  std::atomic<int> steps{0}, answered{0};
  std::promise<void> submitted;
  auto go_on = submitted.get_future().share();
  int steps_before = -1;
  Writer writer({[&](std::span<const HttpRequest> requests, const Behind&) {
                   steps_before = steps;
                   return std::vector<HttpReply>(requests.size());
                 },
                 [&] {
                   if (++steps == 3) go_on.wait();  // by itself it would have come so far after three seconds
                   return std::chrono::seconds{steps < 1000 ? 0 : 1};
                 }});
  while (steps < 3) std::this_thread::yield();
  REQUIRE(writer.submit({}, [&](const HttpReply&) { ++answered; }));
  submitted.set_value();
  while (answered < 1) std::this_thread::yield();
  CHECK(steps_before == 3);
}

TEST_CASE("work that wants a pause is left alone until then, or until a request comes") {
  std::atomic<int> steps{0}, answered{0};
  {
    Writer writer({[&](std::span<const HttpRequest> requests, const Behind&) { return std::vector<HttpReply>(requests.size()); },
                   [&] { return std::chrono::hours{++steps < 3 ? 0 : 1}; }});
    while (steps < 3) std::this_thread::yield();
    REQUIRE(writer.submit({}, [&](const HttpReply&) { ++answered; }));
    while (steps < 4) std::this_thread::yield();
    CHECK(answered == 1);
  }
  CHECK(steps == 4);
}

TEST_CASE("of a batch in which one request throws that one alone is refused") {
  std::vector<HttpRequest> requests(5);
  for (std::size_t i = 0; i < requests.size(); ++i) requests[i].target = std::to_string(i);
  std::vector<std::string> done;  // of what was kept
  int threw = 0;
  const auto replies = one_by_one_where_thrown(
      requests,
      [&](std::span<const HttpRequest> some) {
        std::vector<HttpReply> all;
        for (const auto& one : some) {
          done.push_back(one.target);
          if (one.target == "3") throw std::runtime_error("three");
          all.push_back({200, {}, one.target});
        }
        return all;
      },
      [&](const std::string& what) {
        CHECK(what == "three");
        ++threw;
        if (done.size() > 1 || done == std::vector<std::string>{"3"}) done.clear();
        return HttpReply{503, {}, {}};
      });
  REQUIRE(replies.size() == 5);
  for (std::size_t i = 0; i < replies.size(); ++i) CHECK(replies[i].status == (i == 3 ? 503 : 200));
  CHECK(replies[4].body == "4");
  CHECK(threw == 2);  // in the batch, and by itself
}

}  // namespace gokajo::tests
