#include <windows.h>

#include "platform/tell_person.h"
#include "platform/windows/text.h"

namespace gokajo::platform {

bool started_by_click() {
  DWORD sharing[2] = {};
  const auto programs = GetConsoleProcessList(sharing, 2);
  const auto output = GetStdHandle(STD_OUTPUT_HANDLE);
  return programs == 1 || (programs == 0 && (output == nullptr || output == INVALID_HANDLE_VALUE));
}

bool tell_in_window(const std::string& text) {
  if (!started_by_click()) return false;
  return MessageBoxW(nullptr, wide(text).c_str(), L"Gokajo", MB_OK | MB_ICONINFORMATION | MB_SETFOREGROUND) != 0;
}

}  // namespace gokajo::platform
