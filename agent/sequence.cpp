#include "agent/sequence.h"

#include <boost/describe.hpp>

#include "platform/durable_file.h"
#include "platform/json_form.h"
#include "platform/own_file.h"

namespace gokajo::agent {
namespace {

constexpr const char* kFormat = "gokajo-sequence/1";

struct OnDisk {
  std::string format;
  std::int64_t epoch = 0;
  std::int64_t reserved = 0;
};
BOOST_DESCRIBE_STRUCT(OnDisk, (), (format, epoch, reserved))

}  // namespace

platform::Result<Sequence> Sequence::begin(const std::string& file, std::int64_t epoch) {
  Sequence sequence(file);
  sequence.epoch_ = epoch;
  if (auto status = sequence.reserve(0); !status) return status.error();
  return sequence;
}

platform::Result<Sequence> Sequence::open(const std::string& file) {
  const auto text = platform::read_own_file(file, 4096);
  if (!text) return text.error();
  const auto json = platform::parse_json(*text, 4096);
  if (!json) return json.error();
  OnDisk found;
  if (auto status = platform::read_form(*json, found, platform::Place{file}); !status) return status.error();
  if (found.format != kFormat || found.epoch < 0 || found.reserved < 0)
    return platform::misplaced(platform::Place{file}, std::string("expected ") + kFormat + " with an epoch and a number");
  Sequence sequence(file);
  sequence.epoch_ = found.epoch;
  sequence.used_ = sequence.reserved_ = found.reserved;
  return sequence;
}

platform::Result<protocol::Position> Sequence::next() {
  if (used_ == reserved_)
    if (auto status = reserve(reserved_ + kBlock); !status) return status.error();
  return protocol::Position{epoch_, ++used_};
}

platform::Status Sequence::reserve(std::int64_t up_to) {
  auto status = platform::write_file_durably(file_, platform::to_form(OnDisk{kFormat, epoch_, up_to}).dump() + "\n");
  if (status) reserved_ = up_to;
  return status;
}

}  // namespace gokajo::agent
