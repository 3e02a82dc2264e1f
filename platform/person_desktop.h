/// \file
/// For a person's helper: one of them in a session, whether the person may be disturbed, and showing something small that can be pressed.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "platform/result.h"

namespace gokajo::platform {

/// Everything from the thread that opened it.
class PersonDesktop {
 public:
  PersonDesktop() = default;
  virtual ~PersonDesktop() = default;
  PersonDesktop(const PersonDesktop&) = delete;
  PersonDesktop& operator=(const PersonDesktop&) = delete;

  /// False while the screen is locked or saved, somebody else sits there, something fills the screen, a presentation is given, or Windows
  /// wants its first hour for itself.
  virtual bool may_be_disturbed() const = 0;
  /// Shows it once, for as long as the system does that, and takes it away after at most a minute of wait(). `pressed` is called from
  /// wait(). Windows: a balloon of the notification area, which Windows 10 and 11 show as a notification (Shell_NotifyIconW, NIF_INFO).
  virtual Status show(const std::string& heading, const std::string& text, std::function<void()> pressed) = 0;
  /// True after that time, or earlier when the screen was unlocked; false when the session ends, or the program shall (an installer wants
  /// its file).
  virtual bool wait(std::chrono::milliseconds at_most) = 0;
};

/// nullptr: another one runs in this session. Error{unsupported}: no such thing on this system.
Result<std::unique_ptr<PersonDesktop>> open_person_desktop();

/// Where this program alone has a console window open, it goes; one of a terminal stays.
void leave_own_console();

/// For an installer: asks the helpers of this program to end and waits for them up to `at_most`; those that do not are ended.
void end_helpers(std::chrono::milliseconds at_most);

}  // namespace gokajo::platform
