/// \file
/// What is to be done on PCs that are in use while they should rest (休ませる): they are told of as any other then.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hub/contacts.h"

namespace gokajo::hub {

/// `by_cause`: by check and situation. `failing`: ids of the PCs among them.
struct InUse {
  std::map<std::pair<std::string, std::string>, std::vector<DeviceFinding>> by_cause;
  std::set<std::string> failing;
};

/// Takes a look at each of these PCs. Errors: those of the store.
platform::Result<InUse> in_use_of(Store& store, const std::string& tenant, const Contacts& contacts);

}  // namespace gokajo::hub
