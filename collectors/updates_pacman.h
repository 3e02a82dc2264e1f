/// \file
/// Missing updates and databases where pacman is the package manager (Arch). `pacman -Sy` is never run: it would leave a PC that can only
/// be upgraded in part.
#pragma once

#include "compliance/evidence/device.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Fills pending, sources, automatic and restart.
void collect_pacman_updates_linux(const platform::Host& host, const compliance::Device& device, compliance::Updates& into);

}  // namespace gokajo::collectors
