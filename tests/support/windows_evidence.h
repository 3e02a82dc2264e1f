/// \file
/// Evidence of a Windows workstation of which nothing else is known yet, to vary.
#pragma once

#include "tests/support/antivirus_evidence.h"

namespace gokajo::tests {

inline compliance::Evidence windows_pc(compliance::WindowsKind kind = compliance::WindowsKind::workstation) {
  compliance::Evidence evidence;
  evidence.device.system = known(compliance::System{.family = compliance::OsFamily::windows});
  evidence.device.windows = known(compliance::WindowsRelease{.kind = kind, .build = 26200, .uefi = true});
  return evidence;
}

inline compliance::Evidence linux_pc() {
  compliance::Evidence evidence;
  evidence.device.system = known(compliance::System{});
  return evidence;
}

}  // namespace gokajo::tests
