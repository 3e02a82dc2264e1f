/// \file
/// Links that let somebody in once.
#pragma once

#include <string>

#include "hub/secrets.h"
#include "hub/state.h"
#include "hub/store.h"

namespace gokajo::hub {

inline constexpr std::chrono::hours kSetUpFor{24};

/// How this hub is called in links: public_url where it is set, else the first name PCs know it by. Error{not_found}: it never served.
platform::Result<std::string> hub_address(const HubState& state);

/// Inside a transaction of the store. The one makes the first person, and takes the place of any made before; the other signs that person
/// in.
platform::Result<std::string> make_set_up_link(Store& store, const Pepper& pepper, const std::string& address, Time now);
platform::Result<std::string> make_sign_in_link(Store& store, const Pepper& pepper, const std::string& address, const Person& person,
                                                Time valid_until);

}  // namespace gokajo::hub
