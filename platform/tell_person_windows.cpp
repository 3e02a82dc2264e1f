#include <windows.h>

#include "platform/tell_person.h"
#include "platform/windows/text.h"

namespace gokajo::platform {

bool tell_in_window(const std::string& text) {
  DWORD sharing[2] = {};
  if (GetConsoleProcessList(sharing, 2) != 1) return false;
  return MessageBoxW(nullptr, wide(text).c_str(), L"Gokajo", MB_OK | MB_ICONINFORMATION | MB_SETFOREGROUND) != 0;
}

}  // namespace gokajo::platform
