#include <windows.h>
#include <lm.h>
#include <ntsecapi.h>
#include <sddl.h>

#include <wtsapi32.h>

#include "platform/windows/api.h"
#include "platform/windows/api/columns.h"
#include "platform/windows/handle.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

namespace gokajo::platform::api {
namespace {

constexpr DWORD kPiece = 64U << 10U;        // bytes of one NetUserEnum
constexpr std::size_t kMaxAccounts = 2000;  // a domain controller lists its whole domain

// lmaccess.h has it since Windows 8; mingw-w64 10 does not.
struct UserInfo24 {
  BOOL internet_identity;
  DWORD flags;
  LPWSTR provider_name;
  LPWSTR principal_name;
  PSID sid;
};

template <class Info>
using NetPointer = Freed<Info, &NetApiBufferFree>;

void add_identity(const wchar_t* name, Row& row) {
  BYTE* bytes = nullptr;
  auto code = NetUserGetInfo(nullptr, name, 23, &bytes);
  if (code == NERR_Success) {
    const NetPointer<USER_INFO_23> info(reinterpret_cast<USER_INFO_23*>(bytes));
    row["sid"] = cell(sid_text(info->usri23_user_sid));
  } else {
    put_error(row, "sid", code);
  }
  bytes = nullptr;
  code = NetUserGetInfo(nullptr, name, 24, &bytes);
  if (code == NERR_Success) {
    const NetPointer<UserInfo24> info(reinterpret_cast<UserInfo24*>(bytes));
    row["microsoft_account"] = cell(info->internet_identity != FALSE);
  } else {
    put_error(row, "microsoft_account", code);
  }
}

class Policy {
 public:
  explicit Policy(ACCESS_MASK access) {
    LSA_OBJECT_ATTRIBUTES attributes{};
    code_ = LsaNtStatusToWinError(LsaOpenPolicy(nullptr, &attributes, access, &handle_));
  }
  ~Policy() {
    if (code_ == ERROR_SUCCESS) LsaClose(handle_);
  }
  Policy(const Policy&) = delete;
  Policy& operator=(const Policy&) = delete;
  ULONG code() const { return code_; }
  LSA_HANDLE get() const { return handle_; }

 private:
  LSA_HANDLE handle_ = nullptr;
  ULONG code_ = ERROR_SUCCESS;
};

// samlib.dll has no header; what LSASS's own client exports since Windows 2000 (evidence: windows guide 3.1).
using SamConnectFunction = NTSTATUS(NTAPI*)(LSA_UNICODE_STRING*, HANDLE*, ACCESS_MASK, LSA_OBJECT_ATTRIBUTES*);
using SamOpenDomainFunction = NTSTATUS(NTAPI*)(HANDLE, ACCESS_MASK, PSID, HANDLE*);
using SamQueryFunction = NTSTATUS(NTAPI*)(HANDLE, int, void**);
using SamFreeFunction = NTSTATUS(NTAPI*)(void*);
constexpr ACCESS_MASK kSamConnect = 0x1 | 0x20;       // SAM_SERVER_CONNECT, SAM_SERVER_LOOKUP_DOMAIN
constexpr ACCESS_MASK kReadPasswordParameters = 0x1;  // DOMAIN_READ_PASSWORD_PARAMETERS
constexpr int kDomainPasswordInformation = 1;

}  // namespace

Result<Rows> users(const Arguments&) {
  Rows rows;
  DWORD resume = 0;
  for (;;) {
    BYTE* bytes = nullptr;
    DWORD count = 0, total = 0;
    const auto code = NetUserEnum(nullptr, 3, FILTER_NORMAL_ACCOUNT, &bytes, kPiece, &count, &total, &resume);
    const NetPointer<USER_INFO_3> list(reinterpret_cast<USER_INFO_3*>(bytes));
    if (code != NERR_Success && code != ERROR_MORE_DATA) return windows_error("NetUserEnum", code);
    for (DWORD i = 0; i < count; ++i) {
      const auto& info = list.get()[i];
      Row row;
      row["name"] = cell(utf8(info.usri3_name ? info.usri3_name : L""));
      row["flags"] = cell(info.usri3_flags);
      row["password_age"] = cell(info.usri3_password_age);
      row["last_logon"] = cell(info.usri3_last_logon);
      row["privilege"] = cell(info.usri3_priv);
      add_identity(info.usri3_name, row);
      rows.rows.push_back(std::move(row));
    }
    if (rows.rows.size() > kMaxAccounts)
      return Error{ErrorKind::too_large, "NetUserEnum: more than " + std::to_string(kMaxAccounts) + " accounts"};
    if (code == NERR_Success) return rows;
  }
}

Result<Rows> password_rules(const Arguments&) {
  Row row;
  BYTE* bytes = nullptr;
  if (const auto code = NetUserModalsGet(nullptr, 0, &bytes); code != NERR_Success) return windows_error("NetUserModalsGet", code);
  {
    const NetPointer<USER_MODALS_INFO_0> info(reinterpret_cast<USER_MODALS_INFO_0*>(bytes));
    row["min_length"] = cell(info->usrmod0_min_passwd_len);
    row["max_age"] = cell(info->usrmod0_max_passwd_age);
    row["history"] = cell(info->usrmod0_password_hist_len);
  }
  bytes = nullptr;
  if (const auto code = NetUserModalsGet(nullptr, 3, &bytes); code == NERR_Success) {
    const NetPointer<USER_MODALS_INFO_3> info(reinterpret_cast<USER_MODALS_INFO_3*>(bytes));
    row["lockout_threshold"] = cell(info->usrmod3_lockout_threshold);
    row["lockout_duration"] = cell(info->usrmod3_lockout_duration);
    row["lockout_window"] = cell(info->usrmod3_lockout_observation_window);
  } else {
    put_error(row, "lockout_threshold", code);
  }
  return Rows{{std::move(row)}};
}

Result<Rows> password_properties(const Arguments&) {
  const auto connect = find_function<SamConnectFunction>(L"samlib.dll", "SamConnect");
  const auto open_domain = find_function<SamOpenDomainFunction>(L"samlib.dll", "SamOpenDomain");
  const auto query = find_function<SamQueryFunction>(L"samlib.dll", "SamQueryInformationDomain");
  const auto close = find_function<SamFreeFunction>(L"samlib.dll", "SamCloseHandle");
  const auto free_memory = find_function<SamFreeFunction>(L"samlib.dll", "SamFreeMemory");
  if (!connect || !open_domain || !query || !close || !free_memory) return Error{ErrorKind::unsupported, "samlib.dll"};
  const Policy policy(POLICY_VIEW_LOCAL_INFORMATION);
  if (policy.code() != ERROR_SUCCESS) return windows_error("LsaOpenPolicy", policy.code());
  void* information = nullptr;
  auto code = LsaNtStatusToWinError(LsaQueryInformationPolicy(policy.get(), PolicyAccountDomainInformation, &information));
  if (code != ERROR_SUCCESS) return windows_error("LsaQueryInformationPolicy", code);
  const Freed<void, &LsaFreeMemory> owned(information);
  LSA_OBJECT_ATTRIBUTES attributes{};
  HANDLE server = nullptr, domain = nullptr;
  code = LsaNtStatusToWinError(connect(nullptr, &server, kSamConnect, &attributes));
  if (code != ERROR_SUCCESS) return windows_error("SamConnect", code);
  const std::unique_ptr<void, SamFreeFunction> owned_server(server, close);
  code = LsaNtStatusToWinError(
      open_domain(server, kReadPasswordParameters, static_cast<POLICY_ACCOUNT_DOMAIN_INFO*>(information)->DomainSid, &domain));
  if (code != ERROR_SUCCESS) return windows_error("SamOpenDomain", code);
  const std::unique_ptr<void, SamFreeFunction> owned_domain(domain, close);
  void* rules = nullptr;
  code = LsaNtStatusToWinError(query(domain, kDomainPasswordInformation, &rules));
  if (code != ERROR_SUCCESS) return windows_error("SamQueryInformationDomain", code);
  const std::unique_ptr<void, SamFreeFunction> owned_rules(rules, free_memory);
  Row row;
  row["properties"] = cell(static_cast<DOMAIN_PASSWORD_INFORMATION*>(rules)->PasswordProperties);
  return Rows{{std::move(row)}};
}

Result<Rows> group_members(const Arguments& arguments) {
  PSID sid = nullptr;
  if (arguments.size() != 1 || !ConvertStringSidToSidW(wide(arguments.front()).c_str(), &sid))
    return Error{ErrorKind::denied, "group_members: one SID"};
  const LocalPointer<void> owned(sid);
  wchar_t name[256] = L"", domain[256] = L"";
  DWORD name_length = 256, domain_length = 256;
  SID_NAME_USE use = SidTypeUnknown;
  if (!LookupAccountSidW(nullptr, sid, name, &name_length, domain, &domain_length, &use))
    return last_windows_error("group " + arguments.front());
  Rows rows;
  DWORD_PTR resume = 0;
  for (;;) {
    BYTE* bytes = nullptr;
    DWORD count = 0, total = 0;
    const auto code = NetLocalGroupGetMembers(nullptr, name, 2, &bytes, kPiece, &count, &total, &resume);
    const NetPointer<LOCALGROUP_MEMBERS_INFO_2> list(reinterpret_cast<LOCALGROUP_MEMBERS_INFO_2*>(bytes));
    if (code != NERR_Success && code != ERROR_MORE_DATA) return windows_error("NetLocalGroupGetMembers", code);
    for (DWORD i = 0; i < count; ++i) {
      const auto& info = list.get()[i];
      Row row;
      row["sid"] = cell(sid_text(info.lgrmi2_sid));
      row["use"] = cell(static_cast<std::int64_t>(info.lgrmi2_sidusage));
      if (info.lgrmi2_domainandname) row["name"] = cell(utf8(info.lgrmi2_domainandname));
      rows.rows.push_back(std::move(row));
    }
    if (rows.rows.size() > kMaxAccounts) return Error{ErrorKind::too_large, "NetLocalGroupGetMembers: too many members"};
    if (code == NERR_Success) return rows;
  }
}

Result<Rows> account_rights(const Arguments& arguments) {
  PSID sid = nullptr;
  if (arguments.size() != 1 || !ConvertStringSidToSidW(wide(arguments.front()).c_str(), &sid))
    return Error{ErrorKind::denied, "account_rights: one SID"};
  const LocalPointer<void> owned(sid);
  const Policy policy(POLICY_LOOKUP_NAMES | POLICY_VIEW_LOCAL_INFORMATION);
  if (policy.code() != ERROR_SUCCESS) return windows_error("LsaOpenPolicy", policy.code());
  LSA_UNICODE_STRING* rights = nullptr;
  ULONG count = 0;
  const auto code = LsaNtStatusToWinError(LsaEnumerateAccountRights(policy.get(), sid, &rights, &count));
  Rows rows;
  if (code == ERROR_FILE_NOT_FOUND) return rows;  // no right was ever given to this account
  if (code != ERROR_SUCCESS) return windows_error("LsaEnumerateAccountRights", code);
  const Freed<LSA_UNICODE_STRING, &LsaFreeMemory> list(rights);
  for (ULONG i = 0; i < count; ++i) {
    Row row;
    row["right"] = cell(utf8(std::wstring_view(rights[i].Buffer, rights[i].Length / sizeof(wchar_t))));
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

Result<Rows> sessions(const Arguments&) {
  WTS_SESSION_INFOW* list = nullptr;
  DWORD count = 0;
  if (!WTSEnumerateSessionsW(WTS_CURRENT_SERVER_HANDLE, 0, 1, &list, &count)) return last_windows_error("WTSEnumerateSessionsW");
  const Freed<WTS_SESSION_INFOW, &WTSFreeMemory> owned(list);
  Rows rows;
  for (DWORD i = 0; i < count; ++i) {
    if (list[i].State != WTSActive && list[i].State != WTSDisconnected) continue;
    Row row;
    row["state"] = cell(static_cast<std::int64_t>(list[i].State));
    row["console"] = cell(list[i].SessionId == WTSGetActiveConsoleSessionId());
    Handle token;
    if (!WTSQueryUserToken(list[i].SessionId, token.place())) {
      const auto code = GetLastError();
      if (code == ERROR_NO_TOKEN) continue;  // nobody has signed in there
      put_error(row, "sid", code);
    } else {
      std::byte bytes[256];
      DWORD size = 0;
      if (GetTokenInformation(token.get(), TokenUser, bytes, sizeof(bytes), &size))
        row["sid"] = cell(sid_text(reinterpret_cast<TOKEN_USER*>(bytes)->User.Sid));
    }
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace gokajo::platform::api
