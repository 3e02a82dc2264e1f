/// \file
/// Between which dates the first missing fix of a package came out, from what the PC itself holds: changelogs, downloaded packages, apt's
/// history. A bound is certain or absent.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/updates.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// A version that a run of apt put on, took off or replaced. `no_later_than`: the end of that day wherever on Earth the PC's clock stood.
struct AptRun {
  std::string package;
  std::string version;
  compliance::Time no_later_than{};
};

/// Of the reduced form (platform/reducers/apt_history.cpp).
std::vector<AptRun> parse_apt_history(std::string_view reduced);

/// Of /var/log/apt/history.log and at most twelve older parts; what cannot be read is left out, as it only ever narrows.
std::vector<AptRun> read_apt_history(const platform::Host& host);

/// Fills in what bounds `update.first_fix`; `offer` is its package.
void date_fix(const platform::Host& host, const platform::PackageOffer& offer, const std::vector<AptRun>& history,
              compliance::PendingUpdate& update);

}  // namespace gokajo::collectors
