/// \file
/// How often something may happen for one key (an address, a device): `burst` at once, then `per_second`. At most `max_keys` are
/// remembered; when more come, those that are full again are forgotten, and while none is, new keys share one bucket.
#pragma once

#include <chrono>
#include <map>
#include <string>

namespace gokajo::hub {

/// `now` comes from any clock that does not go back. Not thread-safe.
class TokenBuckets {
 public:
  using Now = std::chrono::milliseconds;
  TokenBuckets(double per_second, double burst, std::size_t max_keys) : per_second_(per_second), burst_(burst), max_keys_(max_keys) {}

  /// Whether there is a token; none is taken.
  bool has(const std::string& key, Now now) { return bucket(key, now).tokens >= 1; }
  /// Takes a token, if there is one.
  bool take(const std::string& key, Now now);
  std::size_t keys() const { return buckets_.size(); }

 private:
  struct Bucket {
    double tokens = 0;
    Now at{};
  };
  Bucket& bucket(const std::string& key, Now now);
  void forget_full(Now now);

  double per_second_;
  double burst_;
  std::size_t max_keys_;
  std::map<std::string, Bucket> buckets_;
};

}  // namespace gokajo::hub
