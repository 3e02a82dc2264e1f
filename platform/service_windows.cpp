#include <windows.h>
#include <psapi.h>

#include <algorithm>

#include "platform/service.h"
#include "platform/windows/service_control.h"

namespace gokajo::platform {
namespace {

// Set by whoever asks this program to stop: Ctrl+C, a closed console, the end of the session, the service manager.
HANDLE stop_event() {
  static HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  return event;
}

// Set when waiting should end early although nobody wants an end: the PC woke up.
HANDLE wake_event() {
  static HANDLE event = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  return event;
}

BOOL WINAPI on_console(DWORD) {
  SetEvent(stop_event());
  return TRUE;
}

}  // namespace

void wish_to_stop() { SetEvent(stop_event()); }

void wake_up() { SetEvent(wake_event()); }

Status notify_service_manager(std::string_view message) {
  report_to_service_manager(message);
  return Done{};
}

void run_in_background() {
  // CPU, disk and memory pages at the lowest worth; undone by Windows when the process ends (SetPriorityClass).
  if (!SetPriorityClass(GetCurrentProcess(), PROCESS_MODE_BACKGROUND_BEGIN)) SetPriorityClass(GetCurrentProcess(), IDLE_PRIORITY_CLASS);
}

void forbid_core_dumps() {
  // No dialog, no Windows Error Reporting dump of this process.
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
}

void give_back_memory() {
  HeapCompact(GetProcessHeap(), 0);
  SetProcessWorkingSetSize(GetCurrentProcess(), static_cast<SIZE_T>(-1), static_cast<SIZE_T>(-1));
}

void end_at_once() {
  tell_stopped();
  ExitProcess(0);  // programs it started are in jobs that close with it
}

void ignore_broken_pipes() {}  // there is no such signal here

StopWish::StopWish() { SetConsoleCtrlHandler(&on_console, TRUE); }
StopWish::~StopWish() { SetConsoleCtrlHandler(&on_console, FALSE); }

bool StopWish::wait(std::chrono::milliseconds at_most) {
  if (wished_) return true;
  const auto limit = std::clamp<std::chrono::milliseconds::rep>(at_most.count(), 0, 24 * 3600 * 1000);
  const HANDLE events[] = {stop_event(), wake_event()};
  wished_ = WaitForMultipleObjects(2, events, FALSE, static_cast<DWORD>(limit)) == WAIT_OBJECT_0;
  return wished_;
}

}  // namespace gokajo::platform
