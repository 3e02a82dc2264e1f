/// \file
/// What the desktops of this PC do when a medium is plugged in.
#pragma once

#include "compliance/evidence/autorun.h"
#include "platform/host.h"

namespace gokajo::collectors {

compliance::Autorun collect_autorun_linux(const platform::Host& host);

}  // namespace gokajo::collectors
