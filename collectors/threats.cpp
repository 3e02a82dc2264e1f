#include "collectors/threats.h"

#include "collectors/seen.h"
#include "platform/json_form.h"

namespace gokajo::collectors {

compliance::Fact<std::vector<compliance::BriefingRead>> read_record(const platform::Seen<platform::FileContents>& seen) {
  using Read = std::vector<compliance::BriefingRead>;
  if (!seen && seen.error().kind == platform::ErrorKind::not_found) return observed(Read{}, seen);
  if (!seen) return unavailable<Read>(seen);
  const auto json = platform::parse_json(seen->bytes.data, kMaxRecordBytes);
  compliance::BriefingsRead file;
  if (!json) return malformed<Read>(json.error().detail, seen);
  if (auto status = platform::read_form(*json, file, platform::Place{"briefings.json"}); !status)
    return malformed<Read>(status.error().detail, seen);
  return observed(std::move(file.read), seen);
}

}  // namespace gokajo::collectors
