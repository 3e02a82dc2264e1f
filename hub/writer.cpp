#include "hub/writer.h"

#include <chrono>

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

void Writer::run() {
  for (;;) {
    std::vector<HttpRequest> requests;
    std::vector<Answer> answers;
    bool end = false;
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, std::chrono::seconds{1}, [&] { return ending_ || !waiting_.empty(); });
      // No waiting for more: while one batch is being committed the next one gathers by itself.
      while (!waiting_.empty() && requests.size() < kBatch) {
        requests.push_back(std::move(waiting_.front().first));
        answers.push_back(std::move(waiting_.front().second));
        waiting_.pop_front();
      }
      end = ending_ && waiting_.empty();
    }
    if (!requests.empty()) {
      auto replies = work_.handle(requests);
      for (std::size_t i = 0; i < answers.size() && i < replies.size(); ++i) answers[i](std::move(replies[i]));
    }
    if (end) return;
    work_.tick();
  }
}

}  // namespace gokajo::hub
