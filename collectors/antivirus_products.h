/// \file
/// How each antivirus product for Linux is asked for its state (antivirus_products.inc names the products).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/antivirus.h"
#include "platform/host.h"

namespace gokajo::collectors {

using Paths = std::vector<std::string_view>;

/// The process list of this scan, or why there is none.
using ProcessList = platform::Seen<platform::Processes>;

/// Whether one of these executables runs: denied when a process it could be may not be looked at.
compliance::Fact<bool> any_runs(const ProcessList& list, const Paths& executables);

/// Whether one of these processes may refuse an open; absent when that was denied. Executables below `folder`, or exactly one of `paths`.
compliance::Fact<bool> guards_opens(const ProcessList& list, std::string_view folder, const Paths& paths);

// Each fills in what its product tells; `product.running` and `.name` are set before. What it cannot tell stays unsupported.
void ask_clamav(const platform::Host& host, const ProcessList& list, compliance::AntivirusProduct& product);
void ask_defender(const platform::Host& host, const ProcessList& list, compliance::AntivirusProduct& product);
void ask_falcon(const platform::Host& host, const ProcessList& list, compliance::AntivirusProduct& product);
void ask_sentinel(const platform::Host& host, const ProcessList& list, compliance::AntivirusProduct& product);
void ask_eset(const platform::Host& host, const ProcessList& list, compliance::AntivirusProduct& product);
void ask_bitdefender(const platform::Host& host, const ProcessList& list, compliance::AntivirusProduct& product);
void ask_nothing(const platform::Host& host, const ProcessList& list, compliance::AntivirusProduct& product);

}  // namespace gokajo::collectors
