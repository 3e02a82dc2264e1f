#include <windows.h>

#include "platform/windows/service_control.h"

#include <atomic>

#include "platform/service.h"
#include "platform/windows/error.h"
#include "platform/windows/event_source.h"
#include "platform/windows/handle.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

constexpr DWORD kStartHint = 30000;  // ms; what the service manager waits for the next word
constexpr DWORD kStopHint = 20000;
constexpr DWORD kStopLimit = 10000;

std::atomic<SERVICE_STATUS_HANDLE> service_handle{nullptr};

// One service in one program, and the service manager calls back without a context.
std::wstring service_name;
const std::function<int()>* service_work = nullptr;
int service_code = 0;

void tell(DWORD state, DWORD hint, DWORD code = NO_ERROR) {
  const auto handle = service_handle.load();
  if (!handle) return;
  static std::atomic<DWORD> step{0};
  SERVICE_STATUS status{};
  status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
  status.dwCurrentState = state;
  if (state == SERVICE_RUNNING)
    status.dwControlsAccepted = SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PRESHUTDOWN | SERVICE_ACCEPT_POWEREVENT | SERVICE_ACCEPT_SESSIONCHANGE;
  status.dwWin32ExitCode = code == NO_ERROR ? NO_ERROR : ERROR_SERVICE_SPECIFIC_ERROR;
  status.dwServiceSpecificExitCode = code;
  status.dwWaitHint = hint;
  if (state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING) status.dwCheckPoint = ++step;
  SetServiceStatus(handle, &status);
}

// A hub that does not answer, or a question to Windows, may be waited for longer than who asked for the end will wait: Windows Installer
// gives a service 30 s and then cannot replace its program. Whatever is written is written so that it may be cut short.
DWORD WINAPI end_late(void*) {
  Sleep(kStopLimit);
  end_at_once();
}

DWORD WINAPI on_control(DWORD control, DWORD event, void*, void*) { return answer_control(control, event); }

}  // namespace

DWORD answer_control(DWORD control, DWORD event) {
  switch (control) {
    case SERVICE_CONTROL_STOP:
    case SERVICE_CONTROL_PRESHUTDOWN:
    case SERVICE_CONTROL_SHUTDOWN:
      tell(SERVICE_STOP_PENDING, kStopHint);
      wish_to_stop();
      if (const Handle ending(CreateThread(nullptr, 0, &end_late, nullptr, 0, nullptr)); !ending) end_at_once();
      return NO_ERROR;
    case SERVICE_CONTROL_POWEREVENT:
      // Deadlines are on the wall clock and kept on disk: awake again, they are looked at at once.
      if (event == PBT_APMRESUMEAUTOMATIC) wake_up();
      return NO_ERROR;
    case SERVICE_CONTROL_SESSIONCHANGE:
      if (event == WTS_SESSION_LOGON) wake_up();  // whether somebody's helper comes is watched from now on
      return NO_ERROR;
    case SERVICE_CONTROL_INTERROGATE:
      return NO_ERROR;
    default:
      return ERROR_CALL_NOT_IMPLEMENTED;
  }
}

namespace {

void WINAPI service_main(DWORD, wchar_t**) {
  service_handle = RegisterServiceCtrlHandlerExW(service_name.c_str(), &on_control, nullptr);
  if (!service_handle.load()) return;
  tell(SERVICE_START_PENDING, kStartHint);
  service_code = (*service_work)();
  tell(SERVICE_STOPPED, 0, static_cast<DWORD>(service_code));
}

}  // namespace

Result<int> run_as_service(const char* name, const std::function<int()>& run) {
  service_name = wide(name);
  service_work = &run;
  log_events_as(name);
  SERVICE_TABLE_ENTRYW table[] = {{service_name.data(), &service_main}, {nullptr, nullptr}};
  if (!StartServiceCtrlDispatcherW(table)) return last_windows_error("service manager");
  return service_code;
}

void tell_stopped() { tell(SERVICE_STOPPED, 0); }

void report_to_service_manager(std::string_view message) {
  if (message.find("READY=1") != std::string_view::npos) tell(SERVICE_RUNNING, 0);
  if (message.find("STOPPING=1") != std::string_view::npos) tell(SERVICE_STOP_PENDING, kStopHint);
}

}  // namespace gokajo::platform
