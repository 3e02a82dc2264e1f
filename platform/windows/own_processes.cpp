#include "platform/windows/own_processes.h"

#include <psapi.h>

#include <string>

#include "platform/windows/error.h"

namespace gokajo::platform {
namespace {

std::wstring path_of(HANDLE process) {
  std::wstring path(32768, L'\0');
  auto length = static_cast<DWORD>(path.size());
  path.resize(QueryFullProcessImageNameW(process, 0, path.data(), &length) ? length : 0);
  return path;
}

}  // namespace

Result<std::vector<OwnProcess>> others_of_this_program(DWORD access) {
  const auto own = path_of(GetCurrentProcess());
  std::vector<DWORD> all(4096);
  DWORD bytes = 0;
  if (!EnumProcesses(all.data(), static_cast<DWORD>(all.size() * sizeof(DWORD)), &bytes)) return last_windows_error("processes");
  all.resize(bytes / sizeof(DWORD));
  std::vector<OwnProcess> others;
  for (const auto id : all) {
    Handle process(id == GetCurrentProcessId() ? nullptr : OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | access, FALSE, id));
    if (process && path_of(process.get()) == own) others.push_back({id, std::move(process)});
  }
  return others;
}

}  // namespace gokajo::platform
