#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>

#include "platform/windows/system.h"

#include <iphlpapi.h>
#include <winternl.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>

#include <tlhelp32.h>

#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"
#include "platform/windows/time.h"

namespace gokajo::platform {
namespace {

constexpr std::size_t kMaxTable = 8U << 20U;  // bytes

std::string machine_name() {
  SYSTEM_INFO information{};
  GetNativeSystemInfo(&information);
  return information.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_AMD64   ? "x86_64"
         : information.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_ARM64 ? "aarch64"
                                                                              : "other";
}

std::optional<std::string> program_of(DWORD pid) {
  const Handle process(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid));
  if (!process) return std::nullopt;
  std::wstring path(32768, L'\0');
  auto length = static_cast<DWORD>(path.size());
  if (!QueryFullProcessImageNameW(process.get(), 0, path.data(), &length)) return std::nullopt;
  return utf8(std::wstring_view(path).substr(0, length));
}

std::string address_text(int family, const void* address) {
  wchar_t text[INET6_ADDRSTRLEN] = L"";
  return InetNtopW(family, address, text, INET6_ADDRSTRLEN) ? utf8(text) : std::string();
}

std::int64_t port_of(DWORD port) { return ntohs(static_cast<u_short>(port)); }

// The rows of one of Windows' tables, whatever their type: a count, then rows.
template <class Table, class Ask>
Status each_row(Ask ask, const char* what, const std::function<void(const std::remove_reference_t<decltype(Table::table[0])>&)>& take) {
  std::vector<std::byte> buffer(64U << 10U);
  auto size = static_cast<DWORD>(buffer.size());
  DWORD code = ask(buffer.data(), &size);
  for (int i = 0; code == ERROR_INSUFFICIENT_BUFFER && i < 4 && size <= kMaxTable; ++i) {
    buffer.resize(size);
    code = ask(buffer.data(), &size);
  }
  if (code != NO_ERROR) return windows_error(what, code);
  const auto* table = reinterpret_cast<const Table*>(buffer.data());
  for (DWORD i = 0; i < table->dwNumEntries; ++i) take(table->table[i]);
  return Done{};
}

class Owners {
 public:
  void tell(Listener& listener, DWORD pid) {
    listener.pid = pid;
    auto [known, is_new] = programs_.try_emplace(pid);
    if (is_new) known->second = program_of(pid);
    listener.executable = known->second;
    listener.owner_denied = !known->second;
  }

 private:
  std::map<DWORD, std::optional<std::string>> programs_;
};

}  // namespace

Result<SystemDescription> describe_system(Time now) {
  using RtlGetVersionFunction = LONG(WINAPI*)(OSVERSIONINFOEXW*);
  OSVERSIONINFOEXW version{};
  version.dwOSVersionInfoSize = sizeof(version);
  const auto function =
      reinterpret_cast<RtlGetVersionFunction>(reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "RtlGetVersion")));
  if (!function || function(&version) != 0) return Error{ErrorKind::failed, "RtlGetVersion"};
  SystemDescription system;
  system.family = OsFamily::windows;
  wchar_t name[256] = L"";
  DWORD length = 256;
  if (GetComputerNameExW(ComputerNameDnsHostname, name, &length)) system.host_name = utf8(name);
  system.kernel_release =
      std::to_string(version.dwMajorVersion) + "." + std::to_string(version.dwMinorVersion) + "." + std::to_string(version.dwBuildNumber);
  system.kernel_version = std::to_string(version.dwBuildNumber);
  system.machine = machine_name();
  system.elevated = is_elevated();
  system.booted = now - std::chrono::seconds{static_cast<std::int64_t>(GetTickCount64() / 1000)};
  system.now = now;
  return system;
}

Result<Processes> list_processes() {
  const Handle snapshot(CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
  if (!snapshot) return last_windows_error("processes");
  Processes list;
  PROCESSENTRY32W entry{};
  entry.dwSize = sizeof(entry);
  for (BOOL more = Process32FirstW(snapshot.get(), &entry); more; more = Process32NextW(snapshot.get(), &entry)) {
    Process process;
    process.pid = entry.th32ProcessID;
    process.name = utf8(entry.szExeFile);
    process.executable = program_of(entry.th32ProcessID);
    process.executable_denied = !process.executable;
    list.processes.push_back(std::move(process));
  }
  return list;
}

Result<Listeners> list_listeners() {
  Listeners list;
  Owners owners;
  const auto add = [&](Protocol protocol, int family, const void* address, DWORD port, DWORD pid) {
    Listener listener;
    listener.protocol = protocol;
    listener.address = address_text(family, address);
    listener.port = port_of(port);
    listener.v6_only = family == AF_INET6;  // Windows hands out two sockets where one serves both
    owners.tell(listener, pid);
    list.listeners.push_back(std::move(listener));
  };
  auto done = each_row<MIB_TCPTABLE_OWNER_PID>(
      [](void* to, DWORD* size) { return GetExtendedTcpTable(to, size, FALSE, AF_INET, TCP_TABLE_OWNER_PID_LISTENER, 0); }, "TCP listeners",
      [&](const MIB_TCPROW_OWNER_PID& row) { add(Protocol::tcp, AF_INET, &row.dwLocalAddr, row.dwLocalPort, row.dwOwningPid); });
  if (done)
    done = each_row<MIB_TCP6TABLE_OWNER_PID>(
        [](void* to, DWORD* size) { return GetExtendedTcpTable(to, size, FALSE, AF_INET6, TCP_TABLE_OWNER_PID_LISTENER, 0); },
        "TCP listeners",
        [&](const MIB_TCP6ROW_OWNER_PID& row) { add(Protocol::tcp, AF_INET6, row.ucLocalAddr, row.dwLocalPort, row.dwOwningPid); });
  if (done)
    done = each_row<MIB_UDPTABLE_OWNER_PID>(
        [](void* to, DWORD* size) { return GetExtendedUdpTable(to, size, FALSE, AF_INET, UDP_TABLE_OWNER_PID, 0); }, "UDP sockets",
        [&](const MIB_UDPROW_OWNER_PID& row) { add(Protocol::udp, AF_INET, &row.dwLocalAddr, row.dwLocalPort, row.dwOwningPid); });
  if (done)
    done = each_row<MIB_UDP6TABLE_OWNER_PID>(
        [](void* to, DWORD* size) { return GetExtendedUdpTable(to, size, FALSE, AF_INET6, UDP_TABLE_OWNER_PID, 0); }, "UDP sockets",
        [&](const MIB_UDP6ROW_OWNER_PID& row) { add(Protocol::udp, AF_INET6, row.ucLocalAddr, row.dwLocalPort, row.dwOwningPid); });
  if (!done) return done.error();
  return list;
}

}  // namespace gokajo::platform
