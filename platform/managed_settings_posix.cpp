#include "platform/managed_settings.h"

namespace gokajo::platform {

ManagedSettings policy_settings() { return {}; }
ManagedSettings installer_settings() { return {}; }
Status forget_installer_settings() { return Done{}; }

}  // namespace gokajo::platform
