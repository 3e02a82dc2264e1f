/// \file
/// Who this program runs as, and whether a file of its own is in nobody else's hands.
#pragma once

#include <windows.h>

#include <string>
#include <vector>

#include "platform/result.h"
#include "platform/sddl.h"

namespace gokajo::platform {

/// S-1-5-… of the account this process runs as; empty when it cannot be told.
std::string own_sid();

/// "S-1-…" of a SID structure.
std::string sid_text(PSID sid);

/// Whether this process has an administrator's rights in force (an elevated token, or SYSTEM).
bool is_elevated();

/// SYSTEM, Administrators, and who this is: whoever may change our files without being a stranger.
const std::vector<std::string>& trusted_sids();

/// Owner and access list of an open file or folder.
Result<SecurityDescriptor> descriptor_of(HANDLE file, const std::string& path);

/// Whether `path` is a real folder (no link, no mount point) that trusted_sids() alone own and may write to. Error{denied}: it is not, or
/// its list may not be read.
Status in_no_strangers_hands(const std::string& path);

/// Wine keeps no access lists (it makes them up from the owner's rights under Unix): whether this is Wine, by ntdll's wine_get_version.
bool is_wine();

/// Whose our own things are beside SYSTEM's and Administrators' (platform/own_access.h): empty for a process of SYSTEM or an elevated
/// administrator, else the account this runs as.
std::string person_sid();

/// SECURITY_ATTRIBUTES with own_sddl() (`readable`: for_everybody), for CreateFileW and CreateDirectoryW; owns its descriptor.
class PrivateAttributes {
 public:
  explicit PrivateAttributes(bool readable = false);
  ~PrivateAttributes();
  PrivateAttributes(const PrivateAttributes&) = delete;
  PrivateAttributes& operator=(const PrivateAttributes&) = delete;
  /// nullptr when Windows could not make it: then nothing may be made with it.
  SECURITY_ATTRIBUTES* get() { return attributes_.lpSecurityDescriptor ? &attributes_ : nullptr; }

 private:
  SECURITY_ATTRIBUTES attributes_{};
};

}  // namespace gokajo::platform
