/// \file
/// Living in the background of somebody's PC: telling the service manager, being asked to stop, and being in nobody's way.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform {

/// Sends one message ("READY=1\nSTATUS=…") to the service manager that started this program (sd_notify(3)). Where there is none, nothing
/// happens. Error{failed}: it does not listen; nothing else depends on it. Thread-safe.
Status notify_service_manager(std::string_view message);

/// What everything this program does, and starts from now on, is worth beside other people's work: CPU and disk only when nobody else wants
/// them. No effect where the system refuses.
void run_in_background();

/// No memory of this program in a core dump, nor readable by other programs of the same user.
void forbid_core_dumps();

/// Gives memory back that was freed, and lets go of what can be read again from this program's own files. A hint.
void give_back_memory();

/// Writing to a connection that the other side closed is an error of that call, not the end of the program.
void ignore_broken_pipes();

/// Ends this program now, with code 0, and every program it started. For a wish to stop that comes while a helper is waited for: whatever
/// is being written is written so that it may be cut short at any moment.
[[noreturn]] void end_at_once();

/// Waits for the wish to stop (SIGTERM, SIGINT, SIGHUP). One per program, made before any thread is started: the signals are held back from
/// then on, and given back to programs that are started.
class StopWish {
 public:
  StopWish();
  ~StopWish();
  StopWish(const StopWish&) = delete;
  StopWish& operator=(const StopWish&) = delete;

  /// True at once or within `at_most` when the program shall stop, and for good from then on.
  bool wait(std::chrono::milliseconds at_most);

 private:
  int descriptor_ = -1;
  bool wished_ = false;
};

}  // namespace gokajo::platform
