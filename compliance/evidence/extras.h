/// \file
/// Facts of the extras: administrators, disk, Wi-Fi, AutoRun, backup, and what asks or guards on Windows.
#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/evidence/autorun.h"
#include "compliance/evidence/backup.h"
#include "compliance/evidence/disk.h"
#include "compliance/evidence/wifi.h"
#include "compliance/evidence/windows_extras.h"
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
  // Asked on Windows only.
  Fact<WindowsUac> windows_uac;
  Fact<WindowsSmartScreen> windows_smartscreen;
  Fact<WindowsAutorun> windows_autorun;
  Fact<WindowsMacros> windows_macros;
  Fact<bool> windows_secure_boot;  ///< not_found: Windows does not say
  Fact<WindowsBootCertificates> windows_boot_certificates;
};
BOOST_DESCRIBE_STRUCT(Extras, (),
                      (people, volumes, wifi, autorun, backup, windows_uac, windows_smartscreen, windows_autorun, windows_macros,
                       windows_secure_boot, windows_boot_certificates))

}  // namespace gokajo::compliance
