/// \file
/// Pure work on several threads at once.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace gokajo::hub {

/// The caller's thread and those of a pool. each() is called by one thread at a time.
class Workers {
 public:
  /// `threads`: with the caller's; 0: as many as the machine runs at once, at most 8.
  explicit Workers(unsigned threads = 0);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Calls work(i) for every i below `count`, in no order, and returns when all are done. What one of them throws (the first) is thrown
  /// then. `first`: what the caller's own thread does meanwhile, before it takes its part of the work.
  void each(std::size_t count, const std::function<void(std::size_t)>& work, const std::function<void()>& first = {});

 private:
  struct Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace gokajo::hub
