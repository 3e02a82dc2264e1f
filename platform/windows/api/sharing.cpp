#include <initguid.h>
#include <windows.h>
#include <aclapi.h>
#include <lm.h>
#include <netfw.h>
#include <netlistmgr.h>
#include <sddl.h>

#include "platform/windows/api.h"
#include "platform/windows/api/columns.h"
#include "platform/windows/com.h"
#include "platform/windows/handle.h"
#include "platform/windows/text.h"

namespace gokajo::platform::api {
namespace {

constexpr std::size_t kMaxShares = 2000;

std::optional<std::string> sddl_of(PSECURITY_DESCRIPTOR descriptor) {
  LPWSTR text = nullptr;
  if (!ConvertSecurityDescriptorToStringSecurityDescriptorW(descriptor, SDDL_REVISION_1,
                                                            OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &text, nullptr))
    return std::nullopt;
  const LocalPointer<wchar_t> owned(text);
  return utf8(text);
}

void add_folder(const wchar_t* path, Row& row) {
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  const auto code = GetNamedSecurityInfoW(path, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, nullptr, nullptr,
                                          nullptr, nullptr, &descriptor);
  if (code != ERROR_SUCCESS) {
    put_error(row, "folder_sddl", code);
    return;
  }
  const LocalPointer<void> owned(descriptor);
  if (auto text = sddl_of(descriptor))
    row["folder_sddl"] = cell(std::move(*text));
  else
    put_error(row, "folder_sddl", GetLastError());
}

Row row_of(const SHARE_INFO_502& info) {
  Row row;
  row["name"] = cell(utf8(info.shi502_netname ? info.shi502_netname : L""));
  row["type"] = cell(info.shi502_type);
  row["path"] = cell(utf8(info.shi502_path ? info.shi502_path : L""));
  row["remark"] = cell(utf8(info.shi502_remark ? info.shi502_remark : L""));
  if (!info.shi502_security_descriptor)
    row["share_sddl"] = cell(std::string());
  else if (auto text = sddl_of(info.shi502_security_descriptor))
    row["share_sddl"] = cell(std::move(*text));
  else
    put_error(row, "share_sddl", GetLastError());
  if ((info.shi502_type & 3U) == STYPE_DISKTREE && info.shi502_path) add_folder(info.shi502_path, row);
  return row;
}

}  // namespace

Result<Rows> shares(const Arguments&) {
  Rows rows;
  DWORD resume = 0;
  for (;;) {
    BYTE* bytes = nullptr;
    DWORD count = 0, total = 0;
    const auto code = NetShareEnum(nullptr, 502, &bytes, MAX_PREFERRED_LENGTH, &count, &total, &resume);
    const Freed<SHARE_INFO_502, &NetApiBufferFree> list(reinterpret_cast<SHARE_INFO_502*>(bytes));
    if (code != NERR_Success && code != ERROR_MORE_DATA) return windows_error("NetShareEnum", code);
    for (DWORD i = 0; i < count; ++i) rows.rows.push_back(row_of(list.get()[i]));
    if (rows.rows.size() > kMaxShares)
      return Error{ErrorKind::too_large, "NetShareEnum: more than " + std::to_string(kMaxShares) + " shares"};
    if (code == NERR_Success) return rows;
  }
}

Result<Rows> networks(const Arguments&) {
  ComPointer<INetworkListManager> manager;
  auto code = CoCreateInstance(CLSID_NetworkListManager, nullptr, CLSCTX_ALL, IID_INetworkListManager, manager.place_void());
  if (FAILED(code)) return windows_error("INetworkListManager", static_cast<unsigned long>(code));
  ComPointer<IEnumNetworks> list;
  code = manager->GetNetworks(NLM_ENUM_NETWORK_CONNECTED, list.place());
  if (FAILED(code)) return windows_error("INetworkListManager::GetNetworks", static_cast<unsigned long>(code));
  Rows rows;
  for (;;) {
    ComPointer<INetwork> network;
    ULONG count = 0;
    if (list->Next(1, network.place(), &count) != S_OK || count == 0) return rows;
    Row row;
    NLM_NETWORK_CATEGORY category = NLM_NETWORK_CATEGORY_PUBLIC;
    code = network->GetCategory(&category);
    if (SUCCEEDED(code))
      row["category"] = cell(static_cast<std::int64_t>(category));
    else
      put_error(row, "category", static_cast<unsigned long>(code));
    VARIANT_BOOL internet = VARIANT_FALSE;
    if (SUCCEEDED(network->get_IsConnectedToInternet(&internet))) row["internet"] = cell(internet != VARIANT_FALSE);
    rows.rows.push_back(std::move(row));
  }
}

Result<Rows> firewall(const Arguments& groups) {
  ComPointer<INetFwPolicy2> policy;
  auto code = CoCreateInstance(CLSID_NetFwPolicy2, nullptr, CLSCTX_INPROC_SERVER, IID_INetFwPolicy2, policy.place_void());
  if (FAILED(code)) return windows_error("INetFwPolicy2", static_cast<unsigned long>(code));
  long current = 0;
  code = policy->get_CurrentProfileTypes(&current);
  const bool current_known = SUCCEEDED(code);
  Rows rows;
  for (const auto profile : {NET_FW_PROFILE2_DOMAIN, NET_FW_PROFILE2_PRIVATE, NET_FW_PROFILE2_PUBLIC}) {
    Row row;
    row["profile"] = cell(static_cast<std::int64_t>(profile));
    if (current_known) row["current"] = cell((current & profile) != 0);
    VARIANT_BOOL truth = VARIANT_FALSE;
    const auto put = [&](const char* name, HRESULT result) {
      if (SUCCEEDED(result))
        row[name] = cell(truth != VARIANT_FALSE);
      else
        put_error(row, name, static_cast<unsigned long>(result));
    };
    put("enabled", policy->get_FirewallEnabled(profile, &truth));
    put("block_all", policy->get_BlockAllInboundTraffic(profile, &truth));
    NET_FW_ACTION action = NET_FW_ACTION_BLOCK;
    const auto known = policy->get_DefaultInboundAction(profile, &action);
    if (SUCCEEDED(known))
      row["inbound_allowed"] = cell(action == NET_FW_ACTION_ALLOW);
    else
      put_error(row, "inbound_allowed", static_cast<unsigned long>(known));
    for (const auto& group : groups) put(("group " + group).c_str(), policy->IsRuleGroupEnabled(profile, Bstr(wide(group)).get(), &truth));
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace gokajo::platform::api
