/// \file
/// Whether an Arch PC waits for a restart: pacman takes the modules of the running kernel away when it replaces that kernel's package.
#pragma once

#include <string>
#include <string_view>

#include "compliance/evidence/device.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// What stays of a kernel's release from one version to the next: "6.12.1-arch1-1" and "6.13-arch2-1" are both "-arch-", "6.6.63-1-lts" is
/// "--lts".
std::string arch_kernel_flavour(std::string_view release);

compliance::Fact<compliance::RestartState> collect_pacman_restart(const platform::Host& host,
                                                                  const compliance::Fact<compliance::System>& system);

}  // namespace gokajo::collectors
