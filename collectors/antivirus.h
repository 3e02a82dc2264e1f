/// \file
/// Antivirus products: which are there, whether they run and watch, how old their definitions are.
#pragma once

#include "compliance/evidence/antivirus.h"
#include "compliance/evidence/device.h"
#include "platform/host.h"

namespace gokajo::collectors {

compliance::Antivirus collect_antivirus_linux(const platform::Host& host);
compliance::Antivirus collect_antivirus_windows(const platform::Host& host, const compliance::Device& device);

}  // namespace gokajo::collectors
