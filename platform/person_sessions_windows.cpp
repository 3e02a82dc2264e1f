#include <windows.h>
#include <userenv.h>

#include <wtsapi32.h>

#include "platform/person_sessions.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

// Only what is fixed in this program comes here: words without blanks, quotes or backslashes.
std::wstring command_line(const std::wstring& program, const std::vector<std::string>& words) {
  std::wstring line = L"\"" + program + L"\"";
  for (const auto& word : words) line += L" " + wide(word);
  return line;
}

// The screen that waits for a sign-in is a session too, with no name in it (WTSQuerySessionInformation: WTSUserName).
bool somebody_is_signed_in(DWORD session) {
  wchar_t* name = nullptr;
  DWORD bytes = 0;
  if (!WTSQuerySessionInformationW(WTS_CURRENT_SERVER_HANDLE, session, WTSUserName, &name, &bytes))
    return true;  // start_for_session() tells
  const Freed<wchar_t, &WTSFreeMemory> owned(name);
  return name != nullptr && *name != 0;
}

}  // namespace

Result<std::vector<std::int64_t>> signed_in_sessions() {
  PWTS_SESSION_INFOW all = nullptr;
  DWORD count = 0;
  if (!WTSEnumerateSessionsW(WTS_CURRENT_SERVER_HANDLE, 0, 1, &all, &count)) return last_windows_error("sessions");
  const Freed<WTS_SESSION_INFOW, &WTSFreeMemory> owned(all);
  std::vector<std::int64_t> sessions;
  for (DWORD i = 0; i < count; ++i)
    // Session 0 is the services' own. A session without a token of somebody signed in is told by start_for_session().
    if (all[i].SessionId != 0 && (all[i].State == WTSActive || all[i].State == WTSDisconnected) && somebody_is_signed_in(all[i].SessionId))
      sessions.push_back(all[i].SessionId);
  return sessions;
}

Status start_for_session(std::int64_t session, const std::vector<std::string>& words) {
  Handle token;
  if (!WTSQueryUserToken(static_cast<ULONG>(session), token.place())) {
    const auto code = GetLastError();
    // ERROR_NO_TOKEN: nobody is signed in there (WTSQueryUserToken).
    if (code == ERROR_NO_TOKEN) return Error{ErrorKind::not_found, "session " + std::to_string(session) + ": nobody"};
    if (code == ERROR_PRIVILEGE_NOT_HELD) return Error{ErrorKind::denied, "session " + std::to_string(session)};
    return windows_error("session " + std::to_string(session), code);
  }
  LPVOID environment = nullptr;
  if (!CreateEnvironmentBlock(&environment, token.get(), FALSE)) return last_windows_error("environment");
  const Freed<void, &DestroyEnvironmentBlock> owned(environment);
  std::wstring program(32768, L'\0'), folder(MAX_PATH, L'\0'), desktop = L"winsta0\\default";
  program.resize(GetModuleFileNameW(nullptr, program.data(), static_cast<DWORD>(program.size())));
  folder.resize(GetSystemDirectoryW(folder.data(), static_cast<UINT>(folder.size())));
  auto line = command_line(program, words);
  STARTUPINFOW start{};
  start.cb = sizeof(start);
  start.lpDesktop = desktop.data();
  PROCESS_INFORMATION made{};
  if (!CreateProcessAsUserW(token.get(), program.c_str(), line.data(), nullptr, nullptr, FALSE,
                            CREATE_UNICODE_ENVIRONMENT | CREATE_NO_WINDOW | NORMAL_PRIORITY_CLASS, environment, folder.c_str(), &start,
                            &made))
    return last_windows_error("session " + std::to_string(session));
  const Handle process(made.hProcess), thread(made.hThread);
  return Done{};
}

}  // namespace gokajo::platform
