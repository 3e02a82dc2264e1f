#include "hub/repeats.h"

namespace gokajo::hub {

bool Repeats::shall_tell(const std::string& words, platform::Time now) {
  const std::lock_guard lock(mutex_);
  const auto last = told_.find(words);
  if (last != told_.end() && last->second <= now && now - last->second < kAgainAfter) return false;
  if (told_.size() >= kKept) told_.clear();
  told_[words] = now;
  return true;
}

}  // namespace gokajo::hub
