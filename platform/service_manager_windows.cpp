#include <windows.h>

#include "platform/person_desktop.h"
#include "platform/service_manager.h"
#include "platform/windows/error.h"
#include "platform/windows/event_source.h"
#include "platform/windows/handle.h"
#include "platform/windows/own_processes.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

using ServiceHandle = Freed<std::remove_pointer_t<SC_HANDLE>, &CloseServiceHandle>;

constexpr DWORD kMinute = 60000;
constexpr DWORD kDay = 86400;       // s
constexpr DWORD kPatience = 30000;  // ms
constexpr DWORD kPause = 100;
constexpr std::chrono::seconds kHelperPatience{5};

// In quotes: a path with blanks would let C:\Program.exe be started instead (CWE-428).
std::wstring command_line() {
  std::wstring path(32768, L'\0');
  path.resize(GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size())));
  return L"\"" + path + L"\" service run";
}

Status configure(SC_HANDLE service, const ServiceDescription& wanted) {
  auto description = wide(wanted.description);
  SERVICE_DESCRIPTIONW text{description.data()};
  SERVICE_DELAYED_AUTO_START_INFO late{TRUE};
  SC_ACTION steps[] = {{SC_ACTION_RESTART, kMinute}, {SC_ACTION_RESTART, 5 * kMinute}, {SC_ACTION_NONE, 0}};
  SERVICE_FAILURE_ACTIONSW actions{kDay, nullptr, nullptr, 3, steps};
  SERVICE_FAILURE_ACTIONS_FLAG on_error_too{TRUE};
  const bool done = ChangeServiceConfig2W(service, SERVICE_CONFIG_DESCRIPTION, &text) &&
                    ChangeServiceConfig2W(service, SERVICE_CONFIG_FAILURE_ACTIONS, &actions);
  if (!done) return last_windows_error(wanted.name);
  // What an old or another Windows does not know is a comfort, no condition.
  (void)ChangeServiceConfig2W(service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, &late);
  (void)ChangeServiceConfig2W(service, SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, &on_error_too);
  return Done{};
}

bool becomes(SC_HANDLE service, DWORD state) {
  SERVICE_STATUS status{};
  for (DWORD waited = 0; waited <= kPatience; waited += kPause) {
    if (!QueryServiceStatus(service, &status)) return false;
    if (status.dwCurrentState == state) return true;
    Sleep(kPause);
  }
  return false;
}

}  // namespace

Status install_service(const ServiceDescription& wanted) {
  const ServiceHandle manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CREATE_SERVICE | SC_MANAGER_CONNECT));
  if (!manager) return last_windows_error("service manager");
  const auto name = wide(wanted.name), display = wide(wanted.display), command = command_line();
  constexpr wchar_t kAfter[] = L"RpcSs\0";
  ServiceHandle service(CreateServiceW(manager.get(), name.c_str(), display.c_str(), SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS,
                                       SERVICE_AUTO_START, SERVICE_ERROR_NORMAL, command.c_str(), nullptr, nullptr, kAfter, nullptr,
                                       nullptr));
  if (!service && GetLastError() == ERROR_SERVICE_EXISTS) {
    service.reset(OpenServiceW(manager.get(), name.c_str(), SERVICE_ALL_ACCESS));
    if (service && !ChangeServiceConfigW(service.get(), SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START, SERVICE_ERROR_NORMAL,
                                         command.c_str(), nullptr, nullptr, kAfter, L"LocalSystem", nullptr, display.c_str()))
      return last_windows_error(wanted.name);
  }
  if (!service) return last_windows_error(wanted.name);
  if (auto named = register_event_source(wanted.name); !named) return named;
  return configure(service.get(), wanted);
}

Status start_service(const std::string& name) {
  const ServiceHandle manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT));
  if (!manager) return last_windows_error("service manager");
  const ServiceHandle service(OpenServiceW(manager.get(), wide(name).c_str(), SERVICE_START | SERVICE_QUERY_STATUS));
  if (!service) return last_windows_error(name);
  if (!StartServiceW(service.get(), 0, nullptr) && GetLastError() != ERROR_SERVICE_ALREADY_RUNNING) return last_windows_error(name);
  return becomes(service.get(), SERVICE_RUNNING) ? Status(Done{}) : Status(Error{ErrorKind::timed_out, name + ": does not start"});
}

Status remove_service(const std::string& name) {
  if (auto removed = remove_event_source(name); !removed) return removed;
  const ServiceHandle manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT));
  if (!manager) return last_windows_error("service manager");
  const ServiceHandle service(OpenServiceW(manager.get(), wide(name).c_str(), SERVICE_STOP | SERVICE_QUERY_STATUS | DELETE));
  const auto gone = [](DWORD code) { return code == ERROR_SERVICE_DOES_NOT_EXIST || code == ERROR_SERVICE_MARKED_FOR_DELETE; };
  if (!service) return gone(GetLastError()) ? Status(Done{}) : Status(last_windows_error(name));
  SERVICE_STATUS status{};
  if (ControlService(service.get(), SERVICE_CONTROL_STOP, &status) && !becomes(service.get(), SERVICE_STOPPED))
    return Error{ErrorKind::timed_out, name + ": does not end"};
  end_helpers(kHelperPatience);
  return DeleteService(service.get()) || gone(GetLastError()) ? Status(Done{}) : Status(last_windows_error(name));
}

Status wait_for_others_to_end() {
  end_helpers(kHelperPatience);
  const auto others = others_of_this_program(SYNCHRONIZE);
  if (!others) return others.error();
  const auto end = GetTickCount64() + kPatience;
  for (const auto& other : *others) {
    const auto now = GetTickCount64();
    if (WaitForSingleObject(other.handle.get(), now < end ? static_cast<DWORD>(end - now) : 0) != WAIT_OBJECT_0)
      return Error{ErrorKind::timed_out, "process " + std::to_string(other.id)};
  }
  return Done{};
}

std::string start_command(const std::string& program) {
  return std::string("sc start ") + (program == "gokajo-hub" ? "GokajoHub" : "Gokajo");
}
std::string guards_of_system() { return "Microsoft Defender"; }
std::string automatic_time() { return "start ms-settings:dateandtime"; }
std::string as_administrator(const std::string& command) { return command; }
std::string stop_command(const std::string& program) {
  return std::string("sc stop ") + (program == "gokajo-hub" ? "GokajoHub" : "Gokajo");
}

}  // namespace gokajo::platform
