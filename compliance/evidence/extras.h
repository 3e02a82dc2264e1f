/// \file
/// Facts of the extras: administrators, disk, Wi-Fi, AutoRun, backup.
#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/evidence/autorun.h"
#include "compliance/evidence/backup.h"
#include "compliance/evidence/disk.h"
#include "compliance/evidence/wifi.h"
#include "compliance/fact.h"

namespace gokajo::compliance {

/// A person's account. `daily`: it can sign in (a shell, a uid of the people's range). `administrator_by`: why it is an administrator
/// ("group sudo"), empty when it is not.
struct PersonAccount {
  std::string name;
  bool daily = false;
  std::string administrator_by;
};
BOOST_DESCRIBE_STRUCT(PersonAccount, (), (name, daily, administrator_by))

struct Extras {
  Fact<std::vector<PersonAccount>> people;
  Fact<std::vector<Volume>> volumes;
  Wifi wifi;
  Autorun autorun;
  Backup backup;
};
BOOST_DESCRIBE_STRUCT(Extras, (), (people, volumes, wifi, autorun, backup))

}  // namespace gokajo::compliance
