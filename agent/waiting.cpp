#include "agent/waiting.h"

namespace gokajo::agent {

SavedMoment saved(const platform::Moment& moment) { return {moment.wall, moment.since_start.count(), moment.start}; }

std::chrono::milliseconds elapsed(const SavedMoment& then, const platform::Moment& now) {
  return platform::elapsed({then.wall, std::chrono::milliseconds{then.since_start_ms}, then.start}, now);
}

SavedMoment anchored(const SavedMoment& then, const platform::Moment& now) {
  if (then.start == now.start) return then;
  return {then.wall, now.since_start.count() - elapsed(then, now).count(), now.start};
}

}  // namespace gokajo::agent
