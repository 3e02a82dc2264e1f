/// \file
/// What this PC's agent goes by, and where each setting comes from: `gokajo config show --origin`.
#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "agent/identity.h"
#include "platform/managed_settings.h"
#include "protocol/setup.h"

namespace gokajo::agent {

/// The order in which one wins over the next. `enrolment`: what this PC was enrolled with; `prepared`: gokajo-setup.json, for the enrolment
/// to come.
enum class SettingOrigin { policy, option, environment, enrolment, prepared, standard };
BOOST_DESCRIBE_ENUM(SettingOrigin, policy, option, environment, enrolment, prepared, standard)

/// `value`: empty where nothing is set. `place`: the file, variable or registry value; empty for the default.
struct EffectiveSetting {
  std::string name;
  std::string value;
  SettingOrigin origin = SettingOrigin::standard;
  std::string place;
};

/// `named`: the directory of the command line, empty where none. nullptr: not there. A code is shown as "set" alone.
struct SettingSources {
  platform::ManagedSettings policy;
  std::string named;
  std::string directory;
  const Enrolment* enrolment = nullptr;
  const protocol::Setup* prepared = nullptr;
};

std::vector<EffectiveSetting> effective_settings(const SettingSources& sources);

}  // namespace gokajo::agent
