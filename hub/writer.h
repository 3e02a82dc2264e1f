/// \file
/// The one thread that writes. Requests wait for it in a bounded queue; it takes what is there (at most kBatch), answers all after one
/// commit, and between batches does what comes with time (forgetting, judging anew).
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "hub/http.h"
#include "platform/time.h"

namespace gokajo::hub {

inline constexpr std::size_t kBatch = 500;
inline constexpr std::size_t kQueue = 2000;

class Writer {
 public:
  using Answer = std::function<void(HttpReply)>;
  /// `handle` answers a batch, in its order; what it asks for of those behind is the next batch. `tick` is called after each batch,
  /// and where none comes when the time it answered is over: between two batches at most one of its steps is done.
  /// Both run on the writer's thread. Neither should throw; what it throws is told to `threw`, and the requests of that batch are answered
  /// with 500.
  struct Work {
    std::function<std::vector<HttpReply>(std::span<const HttpRequest> requests, const Behind& behind)> handle;
    std::function<std::chrono::milliseconds()> tick;
    std::function<void(const std::string& what)> threw = [](const std::string&) {};
  };

  explicit Writer(Work work);
  /// Answers what waits, then ends.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// False: the queue is full. `answer` is called once, on the writer's thread. Any thread.
  bool submit(HttpRequest request, Answer answer);

 private:
  struct Batch {
    std::vector<HttpRequest> requests;
    std::vector<Answer> answers;
  };
  void run();
  void not_thrown(const std::function<void()>& work);
  /// Of what waits, until the batch has `wanted` requests. mutex_ is held.
  void take(Batch& batch, std::size_t wanted);
  void handle(Batch batch, Batch& next);
  Work work_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::pair<HttpRequest, Answer>> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace gokajo::hub
