/// \file
/// Whether a Debian or Ubuntu PC waits for a restart: the mark in /run, and the installed kernels against the running one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/device.h"
#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// What follows the version and ABI in a kernel's release: "amd64" of 6.1.0-28-amd64, "generic" of 6.8.0-45-generic; may be empty.
std::string kernel_flavour(std::string_view release);

/// The package version in what `uname -v` says on Debian ("#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)"); empty elsewhere.
std::string debian_version_of_kernel(std::string_view uname_v);

struct InstalledKernel {
  std::string package;
  std::string release;  ///< the package's name behind "linux-image-" or "linux-image-unsigned-"
  std::string version;
};

/// Lines "package<tab>version<tab>status"; only installed image packages of one release, no meta and debug packages.
std::vector<InstalledKernel> parse_installed_kernels(std::string_view text);

compliance::Fact<compliance::RestartState> collect_deb_restart(const platform::Host& host,
                                                               const compliance::Fact<compliance::System>& system);

}  // namespace gokajo::collectors
