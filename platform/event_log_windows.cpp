#include <windows.h>

#include <mutex>

#include "platform/event_log.h"
#include "platform/windows/error.h"
#include "platform/windows/event_source.h"
#include "platform/windows/handle.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

const std::wstring kSources = L"SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\";
constexpr DWORD kTypes = EVENTLOG_ERROR_TYPE | EVENTLOG_WARNING_TYPE | EVENTLOG_INFORMATION_TYPE;

std::mutex guard;
std::string own_source;

WORD type_of(Event event) {
  switch (static_cast<std::uint32_t>(event) >> 30U) {
    case 3:
      return EVENTLOG_ERROR_TYPE;
    case 2:
      return EVENTLOG_WARNING_TYPE;
    default:
      return EVENTLOG_INFORMATION_TYPE;
  }
}

}  // namespace

Status register_event_source(const std::string& source) {
  std::wstring program(32768, L'\0');
  program.resize(GetModuleFileNameW(nullptr, program.data(), static_cast<DWORD>(program.size())));
  HKEY key = nullptr;
  auto code = RegCreateKeyExW(HKEY_LOCAL_MACHINE, (kSources + wide(source)).c_str(), 0, nullptr, 0, KEY_SET_VALUE | KEY_WOW64_64KEY,
                              nullptr, &key, nullptr);
  if (code != ERROR_SUCCESS) return windows_error("Event Log", static_cast<DWORD>(code));
  code = RegSetValueExW(key, L"EventMessageFile", 0, REG_EXPAND_SZ, reinterpret_cast<const BYTE*>(program.c_str()),
                        static_cast<DWORD>((program.size() + 1) * sizeof(wchar_t)));
  if (code == ERROR_SUCCESS)
    code = RegSetValueExW(key, L"TypesSupported", 0, REG_DWORD, reinterpret_cast<const BYTE*>(&kTypes), sizeof(kTypes));
  RegCloseKey(key);
  return code == ERROR_SUCCESS ? Status(Done{}) : Status(windows_error("Event Log", static_cast<DWORD>(code)));
}

Status remove_event_source(const std::string& source) {
  const auto code = RegDeleteKeyExW(HKEY_LOCAL_MACHINE, (kSources + wide(source)).c_str(), KEY_WOW64_64KEY, 0);
  const bool gone = code == ERROR_SUCCESS || code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND;
  return gone ? Status(Done{}) : Status(windows_error("Event Log", static_cast<DWORD>(code)));
}

void log_events_as(const std::string& source) {
  const std::lock_guard lock(guard);
  own_source = source;
}

Status write_event(const std::string& source, Event event, const std::vector<std::string>& inserts) {
  const auto log = RegisterEventSourceW(nullptr, wide(source).c_str());
  if (!log) return last_windows_error("Event Log");
  std::vector<std::wstring> texts;
  for (const auto& one : inserts) texts.push_back(wide(event_insert(one)));
  std::vector<const wchar_t*> pointers;
  for (const auto& one : texts) pointers.push_back(one.c_str());
  const BOOL done = ReportEventW(log, type_of(event), 0, static_cast<DWORD>(event), nullptr, static_cast<WORD>(pointers.size()), 0,
                                 pointers.empty() ? nullptr : pointers.data(), nullptr);
  const auto status = done ? Status(Done{}) : Status(last_windows_error("Event Log"));
  DeregisterEventSource(log);
  return status;
}

void log_event(Event event, const std::vector<std::string>& inserts) {
  const std::lock_guard lock(guard);
  // A full or broken log is no reason to do anything else.
  if (!own_source.empty()) (void)write_event(own_source, event, inserts);
}

}  // namespace gokajo::platform
