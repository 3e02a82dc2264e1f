/// \file
/// The numbers of this device's reports. A number is reserved on the disk before it is used, so that no restart, crash or power cut can use
/// one twice; numbers that were reserved and not used are gaps, which mean nothing.
#pragma once

#include <string>

#include "platform/result.h"
#include "protocol/signed_request.h"

namespace gokajo::agent {

/// One program at a time (the caller holds the state directory's lock). Not thread-safe.
class Sequence {
 public:
  static constexpr std::int64_t kBlock = 64;

  /// Begins an epoch, which the hub gives at enrolment: greater than any it gave this device before. Overwrites what stood there.
  static platform::Result<Sequence> begin(const std::string& file, std::int64_t epoch);
  /// Goes on after everything reserved before. Error{not_found}: nothing began yet; malformed, denied: nothing may be sent under old
  /// numbers.
  static platform::Result<Sequence> open(const std::string& file);

  /// The next position. Reserves a block first when none is left; an Error leaves everything as it was.
  platform::Result<protocol::Position> next();
  std::int64_t epoch() const { return epoch_; }

 private:
  explicit Sequence(std::string file) : file_(std::move(file)) {}
  platform::Status reserve(std::int64_t up_to);

  std::string file_;
  std::int64_t epoch_ = 0;
  std::int64_t used_ = 0;
  std::int64_t reserved_ = 0;
};

}  // namespace gokajo::agent
