#include "platform/person_desktop.h"

namespace gokajo::platform {

Result<std::unique_ptr<PersonDesktop>> open_person_desktop() { return Error{ErrorKind::unsupported, "no helper on this system"}; }

void leave_own_console() {}

void end_helpers(std::chrono::milliseconds) {}

}  // namespace gokajo::platform
