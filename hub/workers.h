/// \file
/// Pure work on several threads at once.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace gokajo::hub {

/// The caller's thread and those of a pool. each() and begin() are called by one thread at a time.
class Workers {
 public:
  /// Work that has begun. Belongs to whoever called begin(), and ends before the Workers do.
  class Running;
  /// `threads`: with the caller's; 0: as many as the machine runs at once, at most 8.
  explicit Workers(unsigned threads = 0);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  /// Calls work(i) for every i below `count`, in no order, and returns when all are done. What one of them throws (the first) is thrown
  /// then. `first`: what the caller's own thread does meanwhile, before it takes its part of the work.
  void each(std::size_t count, const std::function<void(std::size_t)>& work, const std::function<void()>& first = {});

  /// The same, and returns at once: the other threads work until finish(). Without others all is done there.
  std::unique_ptr<Running> begin(std::size_t count, std::function<void(std::size_t)> work);

 private:
  std::unique_ptr<Running> begun(std::size_t count, std::function<void(std::size_t)> work, std::size_t others);
  struct Pool;
  std::unique_ptr<Pool> pool_;
};

class Workers::Running {
 public:
  /// What no thread has taken yet is left undone.
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// The caller takes its part of the work, and waits for the others. What the work threw (the first) is thrown.
  void finish();

 private:
  friend class Workers;
  Running(std::size_t count, std::function<void(std::size_t)> work, std::size_t others);
  void take();
  void wait();
  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace gokajo::hub
