/// \file
/// The lists behind Windows' "Installed apps": what installers wrote down of themselves
/// (https://learn.microsoft.com/windows/win32/msi/uninstall-registry-key). Apps of the Microsoft Store are in none of them.
#pragma once

#include <string>
#include <vector>

#include "compliance/evidence/sign_in_windows.h"
#include "platform/host.h"

namespace gokajo::collectors {

enum class InstalledFor { everybody64, everybody32, one_person };

/// One entry. Texts are empty where the installer wrote none. `component`: a part of another entry that Windows does not show by itself.
/// Updates of a program are no entries.
struct InstalledEntry {
  std::string key;  ///< of the registry: a product code in braces, or any name
  std::string name;
  std::string version;
  std::string publisher;
  bool component = false;
  InstalledFor where = InstalledFor::everybody64;
};

/// `lists`: how many there are.
struct InstalledEntries {
  std::int64_t lists = 0;
  std::vector<InstalledEntry> entries;
};

/// Both lists of the PC, and of each of these people whose settings are loaded (those who are signed in). A list that may not be read is
/// the error of all; not_found: there is none at all.
platform::Seen<InstalledEntries> installed_entries_windows(const platform::Host& host,
                                                           const compliance::Fact<std::vector<compliance::WindowsProfile>>& people);

}  // namespace gokajo::collectors
