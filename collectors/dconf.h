/// \file
/// Settings of GNOME-like desktops as they are effective for one person: dconf(7). Read from the databases themselves: no program of the
/// person's session is started and nothing is written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/accounts.h"
#include "compliance/fact.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// The administrator's databases of the profile "user", highest first, each as the reducer dconf_settings leaves it.
struct DconfSystem {
  bool user_first = true;  ///< the profile begins with the person's own database
  std::vector<std::string> databases;
};
platform::Result<DconfSystem> read_dconf_system(const platform::Host& host);

/// The effective value of one of the reducer's settings; an empty optional: set nowhere, so the schema's default applies. Absent when the
/// person's own database could not be read and no lock decides without it.
compliance::Fact<std::optional<std::string>> dconf_value(const platform::Host& host, const platform::Result<DconfSystem>& system,
                                                         const Account& person, std::string_view path);

}  // namespace gokajo::collectors
