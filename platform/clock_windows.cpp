#include <windows.h>

#include "platform/clock.h"

namespace gokajo::platform {
namespace {

// Counted up by Windows at every start ("BootId" of the prefetcher); Fast Startup counts too. Absent: starts are not told apart.
std::string start_of_pc() {
  DWORD number = 0, size = sizeof(number);
  const auto code =
      RegGetValueW(HKEY_LOCAL_MACHINE, L"SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\\PrefetchParameters",
                   L"BootId", RRF_RT_REG_DWORD, nullptr, &number, &size);
  return code == ERROR_SUCCESS ? "boot-" + std::to_string(number) : std::string();
}

class WindowsClock : public Clock {
 public:
  Moment now() const override {
    // GetTickCount64 goes on while the PC sleeps (Microsoft: "Windows Time").
    return {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()),
            std::chrono::milliseconds{static_cast<std::int64_t>(GetTickCount64())}, start_};
  }

 private:
  std::string start_ = start_of_pc();
};

}  // namespace

const Clock& system_clock() {
  static const WindowsClock clock;
  return clock;
}

}  // namespace gokajo::platform
