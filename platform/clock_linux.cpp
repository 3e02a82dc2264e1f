#include <time.h>

#include <fstream>

#include "platform/clock.h"

namespace gokajo::platform {
namespace {

class LinuxClock : public Clock {
 public:
  LinuxClock() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::getline(file, start_);
    start_.resize(std::min<std::size_t>(start_.size(), 64));
  }

  Moment now() const override {
    timespec passed{};
    clock_gettime(CLOCK_BOOTTIME, &passed);
    return {std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()),
            std::chrono::seconds{passed.tv_sec} + std::chrono::milliseconds{passed.tv_nsec / 1000000}, start_};
  }

 private:
  std::string start_;
};

}  // namespace

const Clock& system_clock() {
  static const LinuxClock clock;
  return clock;
}

}  // namespace gokajo::platform
