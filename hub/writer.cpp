#include "hub/writer.h"

#include <algorithm>
#include <chrono>
#include <exception>

namespace gokajo::hub {

Writer::Writer(Work work) : work_(std::move(work)), thread_([this] { run(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

bool Writer::submit(HttpRequest request, Answer answer) {
  {
    const std::lock_guard lock(mutex_);
    if (ending_ || waiting_.size() >= kQueue) return false;
    waiting_.emplace_back(std::move(request), std::move(answer));
  }
  wake_.notify_one();
  return true;
}

// A request that somebody sends must not end the hub, whatever it meets here.
void Writer::not_thrown(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& problem) {
    work_.threw(problem.what());
  }
}

void Writer::take(Batch& batch, std::size_t wanted) {
  while (!waiting_.empty() && batch.requests.size() < wanted) {
    batch.requests.push_back(std::move(waiting_.front().first));
    batch.answers.push_back(std::move(waiting_.front().second));
    waiting_.pop_front();
  }
}

void Writer::handle(Batch batch, Batch& next) {
  std::vector<HttpReply> replies;
  not_thrown([&] {
    replies = work_.handle(batch.requests, [&](std::size_t wanted) {
      next.requests.reserve(kBatch);  // they stay where they are
      const std::lock_guard lock(mutex_);
      take(next, std::min(wanted, kBatch));
      return std::span<const HttpRequest>(next.requests);
    });
  });
  replies.resize(batch.answers.size(), HttpReply{500, {}, {}});
  for (std::size_t i = 0; i < batch.answers.size(); ++i) batch.answers[i](std::move(replies[i]));
}

void Writer::run() {
  Batch batch;
  constexpr std::chrono::seconds kPause{1};
  std::chrono::milliseconds pause = kPause;
  for (;;) {
    bool end = false;
    {
      std::unique_lock lock(mutex_);
      if (batch.requests.empty()) {
        wake_.wait_for(lock, pause, [&] { return ending_ || !waiting_.empty(); });
        // No waiting for more: while one batch is being committed the next one gathers by itself.
        take(batch, kBatch);
      }
      end = ending_ && waiting_.empty();
    }
    Batch next;
    if (!batch.requests.empty()) handle(std::move(batch), next);
    if (end && next.requests.empty()) return;
    pause = kPause;
    not_thrown([&] { pause = work_.tick(); });
    batch = std::move(next);
  }
}

}  // namespace gokajo::hub
