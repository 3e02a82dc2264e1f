#include "hub/token_buckets.h"

#include <algorithm>

namespace gokajo::hub {

bool TokenBuckets::take(const std::string& key, Now now) {
  auto& one = bucket(key, now);
  if (one.tokens < 1) return false;
  one.tokens -= 1;
  return true;
}

TokenBuckets::Bucket& TokenBuckets::bucket(const std::string& key, Now now) {
  auto found = buckets_.find(key);
  if (found == buckets_.end()) {
    if (buckets_.size() >= max_keys_) forget_full(now);
    // "" stands for everybody there is no room for; no address and no device is named so.
    found = buckets_.try_emplace(buckets_.size() < max_keys_ ? key : std::string(), Bucket{burst_, now}).first;
  }
  auto& one = found->second;
  const auto passed = std::chrono::duration<double>(std::max(now - one.at, Now{0})).count();
  one.tokens = std::min(burst_, one.tokens + passed * per_second_);
  one.at = std::max(now, one.at);
  return one;
}

void TokenBuckets::forget_full(Now now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    return entry.second.tokens + std::chrono::duration<double>(now - entry.second.at).count() * per_second_ >= burst_;
  });
}

}  // namespace gokajo::hub
