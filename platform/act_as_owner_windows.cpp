#include "platform/act_as_owner.h"

namespace gokajo::platform {

// A service here is SYSTEM or a service account, and what an administrator makes in its folder takes over the folder's protected access
// list: there is no other user to go on as.
Status act_as_owner(const std::string&) { return Done{}; }

}  // namespace gokajo::platform
