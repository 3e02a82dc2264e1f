/// \file
/// One line on a terminal that says what is being looked at, for scans that take a while.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "compliance/text.h"

namespace gokajo::agent {

/// From the first second on, standard error shows the topic last told; finish() (or the end of its life) wipes the line. Inactive: silent.
class Progress {
 public:
  Progress(bool active, compliance::Language language);
  ~Progress() { finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void finish();
  /// A collectors::Progress; `context` is a Progress.
  static void tell(const char* topic, void* context);

 private:
  void show_until_finished();

  compliance::Language language_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string topic_;
  bool told_ = false;
  bool finished_ = false;
  std::thread thread_;
};

}  // namespace gokajo::agent
