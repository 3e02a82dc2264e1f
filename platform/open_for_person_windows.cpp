#include <windows.h>
#include <shellapi.h>

#include "platform/open_for_person.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

namespace gokajo::platform {

Status open_for_person(const std::string& path) {
  if (is_elevated()) return Error{ErrorKind::denied, "not with an administrator's rights"};
  // Of ShellExecuteW more than 32 means that it went well; smaller numbers are errors.
  const auto code = reinterpret_cast<INT_PTR>(ShellExecuteW(nullptr, L"open", wide(path).c_str(), nullptr, nullptr, SW_SHOWNORMAL));
  if (code > 32) return Done{};
  const auto kind = code == SE_ERR_NOASSOC ? ErrorKind::unsupported : code == SE_ERR_ACCESSDENIED ? ErrorKind::denied : ErrorKind::failed;
  return Error{kind, path + ": ShellExecute " + std::to_string(code)};
}

}  // namespace gokajo::platform
