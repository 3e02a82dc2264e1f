#include <windows.h>

#include <memory>

#include "platform/windows/api.h"
#include "platform/windows/api/columns.h"
#include "platform/windows/handle.h"
#include "platform/windows/text.h"

namespace gokajo::platform::api {
namespace {

using ServiceHandle = Freed<std::remove_pointer_t<SC_HANDLE>, &CloseServiceHandle>;

void add_configuration(SC_HANDLE service, Row& row) {
  DWORD size = 0;
  QueryServiceConfigW(service, nullptr, 0, &size);
  std::vector<std::byte> bytes(std::max<std::size_t>(size, sizeof(QUERY_SERVICE_CONFIGW)));
  auto* configuration = reinterpret_cast<QUERY_SERVICE_CONFIGW*>(bytes.data());
  if (!QueryServiceConfigW(service, configuration, static_cast<DWORD>(bytes.size()), &size)) {
    put_error(row, "start", GetLastError());
    return;
  }
  row["start"] = cell(configuration->dwStartType);
  if (configuration->lpBinaryPathName) row["path"] = cell(utf8(configuration->lpBinaryPathName));
  SERVICE_DELAYED_AUTO_START_INFO delayed{};
  if (QueryServiceConfig2W(service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, reinterpret_cast<BYTE*>(&delayed), sizeof(delayed), &size))
    row["delayed"] = cell(delayed.fDelayedAutostart != FALSE);
}

}  // namespace

Result<Rows> services(const Arguments& names) {
  const ServiceHandle manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_CONNECT));
  if (!manager) return last_windows_error("OpenSCManagerW");
  Rows rows;
  for (const auto& name : names) {
    Row row;
    row["name"] = cell(name);
    const ServiceHandle service(OpenServiceW(manager.get(), wide(name).c_str(), SERVICE_QUERY_STATUS | SERVICE_QUERY_CONFIG));
    if (!service) {
      const auto code = GetLastError();
      if (code == ERROR_SERVICE_DOES_NOT_EXIST) continue;
      put_error(row, "state", code);  // self-protection: it is there, and says nothing
      rows.rows.push_back(std::move(row));
      continue;
    }
    SERVICE_STATUS_PROCESS status{};
    DWORD size = 0;
    if (QueryServiceStatusEx(service.get(), SC_STATUS_PROCESS_INFO, reinterpret_cast<BYTE*>(&status), sizeof(status), &size))
      row["state"] = cell(status.dwCurrentState);
    else
      put_error(row, "state", GetLastError());
    add_configuration(service.get(), row);
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace gokajo::platform::api
