#include "platform/clock.h"

#include <algorithm>

namespace gokajo::platform {

std::chrono::milliseconds elapsed(const Moment& then, const Moment& now) {
  const auto passed =
      !then.start.empty() && then.start == now.start ? now.since_start - then.since_start : std::chrono::milliseconds(now.wall - then.wall);
  return std::max(passed, std::chrono::milliseconds{0});
}

}  // namespace gokajo::platform
