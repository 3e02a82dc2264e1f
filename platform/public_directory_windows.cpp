#include <windows.h>

#include "platform/invoker.h"
#include "platform/public_directory.h"
#include "platform/windows/error.h"
#include "platform/windows/security.h"
#include "platform/windows/text.h"

namespace gokajo::platform {

// Users reach it by its full name though they may not look into the folder above: they pass folders unasked (SeChangeNotifyPrivilege).
Status own_public_directory(const std::string& path) {
  PrivateAttributes attributes(true);
  if (!attributes.get()) return last_windows_error(path);
  if (!CreateDirectoryW(wide_path(path).c_str(), attributes.get()) && GetLastError() != ERROR_ALREADY_EXISTS)
    return last_windows_error(path);
  return own_private_directory(path);
}

Status check_public_directory(const std::string& path) { return in_no_strangers_hands(path); }

}  // namespace gokajo::platform
