/// \file
/// Streams dpkg's status and apt's package lists through deb::OfferFinder.
#pragma once

#include "platform/question.h"

namespace gokajo::platform {

/// Errors: not_found (no dpkg status, or a list that is gone), denied, malformed, too_large (a list above 1 GiB), unsupported.
/// Thread-safe. Memory: a few MiB, whatever the lists' size.
Result<PackageOffers> list_package_offers(const ListPackageOffers& question);

}  // namespace gokajo::platform
