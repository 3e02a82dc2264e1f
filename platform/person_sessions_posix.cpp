#include "platform/person_sessions.h"

namespace gokajo::platform {

Result<std::vector<std::int64_t>> signed_in_sessions() { return Error{ErrorKind::unsupported, "no helper on this system"}; }

Status start_for_session(std::int64_t, const std::vector<std::string>&) {
  return Error{ErrorKind::unsupported, "no helper on this system"};
}

}  // namespace gokajo::platform
