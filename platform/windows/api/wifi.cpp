#include <windows.h>
#include <wlanapi.h>

#include <cstring>

#include "platform/windows/api.h"
#include "platform/windows/api/columns.h"
#include "platform/windows/text.h"

namespace gokajo::platform::api {
namespace {

// wlanapi.dll is absent from servers without the feature: looked up, never linked.
struct Wlan {
  DWORD(WINAPI* open)(DWORD, PVOID, PDWORD, PHANDLE) = find_function<decltype(open)>(L"wlanapi.dll", "WlanOpenHandle");
  DWORD(WINAPI* close)(HANDLE, PVOID) = find_function<decltype(close)>(L"wlanapi.dll", "WlanCloseHandle");
  DWORD(WINAPI* interfaces)(HANDLE, PVOID, PWLAN_INTERFACE_INFO_LIST*) = find_function<decltype(interfaces)>(L"wlanapi.dll",
                                                                                                             "WlanEnumInterfaces");
  DWORD(WINAPI* query)(HANDLE, const GUID*, WLAN_INTF_OPCODE, PVOID, PDWORD, PVOID*,
                       PWLAN_OPCODE_VALUE_TYPE) = find_function<decltype(query)>(L"wlanapi.dll", "WlanQueryInterface");
  DWORD(WINAPI* profiles)(HANDLE, const GUID*, PVOID, PWLAN_PROFILE_INFO_LIST*) = find_function<decltype(profiles)>(L"wlanapi.dll",
                                                                                                                    "WlanGetProfileList");
  DWORD(WINAPI* profile)(HANDLE, const GUID*, LPCWSTR, PVOID, LPWSTR*, DWORD*, DWORD*) = find_function<decltype(profile)>(L"wlanapi.dll",
                                                                                                                          "WlanGetProfile");
  void(WINAPI* free_memory)(PVOID) = find_function<decltype(free_memory)>(L"wlanapi.dll", "WlanFreeMemory");
  bool whole() const { return open && close && interfaces && query && profiles && profile && free_memory; }
};

constexpr DWORD kClientVersion = 2;  // Vista and later
constexpr DWORD kMaxProfiles = 500;

// Opened for one question; the interfaces of the PC with it.
class Client {
 public:
  Client() {
    if (!wlan.whole()) {
      problem = {ErrorKind::unsupported, "wlanapi.dll"};
      return;
    }
    DWORD version = 0;
    if (const auto code = wlan.open(kClientVersion, nullptr, &version, &handle); code != ERROR_SUCCESS) {
      handle = nullptr;
      problem = windows_error("WlanOpenHandle", code);
      return;
    }
    if (const auto code = wlan.interfaces(handle, nullptr, &list); code != ERROR_SUCCESS)
      problem = windows_error("WlanEnumInterfaces", code);
  }
  ~Client() {
    if (list) wlan.free_memory(list);
    if (handle) wlan.close(handle, nullptr);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  Wlan wlan;
  HANDLE handle = nullptr;
  WLAN_INTERFACE_INFO_LIST* list = nullptr;
  std::optional<Error> problem;
};

// The text of the first element of that name. The XML is Windows' own, of a profile it checked (WLAN_profile schema), and only two short
// words of it are wanted.
std::string element(const std::wstring& xml, const wchar_t* name) {
  const auto open = L"<" + std::wstring(name) + L">";
  const auto from = xml.find(open);
  const auto to = from == std::wstring::npos ? from : xml.find(L'<', from + open.size());
  return to == std::wstring::npos ? std::string() : utf8(std::wstring_view(xml).substr(from + open.size(), to - from - open.size()));
}

}  // namespace

Result<Rows> wifi_in_use(const Arguments&) {
  const Client client;
  if (client.problem) return *client.problem;
  Rows rows;
  for (DWORD i = 0; i < client.list->dwNumberOfItems; ++i) {
    const auto& interface_info = client.list->InterfaceInfo[i];
    Row row;
    row["interface"] = cell(utf8(interface_info.strInterfaceDescription));
    row["state"] = cell(static_cast<std::int64_t>(interface_info.isState));
    if (interface_info.isState == wlan_interface_state_connected) {
      DWORD size = 0;
      void* bytes = nullptr;
      const auto code = client.wlan.query(client.handle, &interface_info.InterfaceGuid, wlan_intf_opcode_current_connection, nullptr, &size,
                                          &bytes, nullptr);
      if (code != ERROR_SUCCESS) {
        put_error(row, "authentication", code);
      } else {
        const auto* connection = static_cast<const WLAN_CONNECTION_ATTRIBUTES*>(bytes);
        row["authentication"] = cell(static_cast<std::int64_t>(connection->wlanSecurityAttributes.dot11AuthAlgorithm));
        row["cipher"] = cell(static_cast<std::int64_t>(connection->wlanSecurityAttributes.dot11CipherAlgorithm));
        client.wlan.free_memory(bytes);
      }
    }
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

Result<Rows> wifi_saved(const Arguments&) {
  const Client client;
  if (client.problem) return *client.problem;
  Rows rows;
  std::int64_t count = 0;
  for (DWORD i = 0; i < client.list->dwNumberOfItems; ++i) {
    const auto& id = client.list->InterfaceInfo[i].InterfaceGuid;
    WLAN_PROFILE_INFO_LIST* profiles = nullptr;
    if (const auto code = client.wlan.profiles(client.handle, &id, nullptr, &profiles); code != ERROR_SUCCESS)
      return windows_error("WlanGetProfileList", code);
    for (DWORD k = 0; k < profiles->dwNumberOfItems && k < kMaxProfiles; ++k) {
      Row row;
      row["number"] = cell(++count);
      LPWSTR xml = nullptr;
      DWORD flags = 0;  // without WLAN_PROFILE_GET_PLAINTEXT_KEY: the key stays protected
      const auto code = client.wlan.profile(client.handle, &id, profiles->ProfileInfo[k].strProfileName, nullptr, &xml, &flags, nullptr);
      if (code != ERROR_SUCCESS) {
        put_error(row, "authentication", code);
      } else {
        const std::wstring text(xml);
        client.wlan.free_memory(xml);
        row["authentication"] = cell(element(text, L"authentication"));
        row["encryption"] = cell(element(text, L"encryption"));
        row["connects_by_itself"] = cell(element(text, L"connectionMode") == "auto");
      }
      rows.rows.push_back(std::move(row));
    }
    client.wlan.free_memory(profiles);
  }
  return rows;
}

}  // namespace gokajo::platform::api
