#include "platform/state_directory.h"
#include "platform/windows/taken_folder.h"

namespace gokajo::platform {

Result<TakenDirectory> take_state_directory(const std::string& path, Time now) {
  if (path.size() < 4 || path[1] != ':') return Error{ErrorKind::denied, path + ": not an absolute path on a drive"};
  return take_folder(path, now, &judge_folder);
}

}  // namespace gokajo::platform
