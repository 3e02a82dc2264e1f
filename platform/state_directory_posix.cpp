#include "platform/invoker.h"
#include "platform/state_directory.h"

namespace gokajo::platform {

// Only root can make a folder in /var/lib: one that is not root's is a mistake, which its administrator is told of.
Result<TakenDirectory> take_state_directory(const std::string& path, Time) {
  if (auto status = own_private_directory(path); !status) return status.error();
  return TakenDirectory();
}

}  // namespace gokajo::platform
