/// \file
/// Taking possession of a service's own folder at its start. On Windows everybody may make folders where programs keep their state
/// (ProgramData), and owns what they made: one that stands there already may be a trap.
#pragma once

#include <string>
#include <vector>

#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::platform {

/// `set_aside`: where what stood there has been put, whole and untouched; nothing in it is used. `mended`: what of the access list was put
/// right, or could not be (`stays_loose`). Both empty: it was ours, or was not there. `why`: of what was set aside, in English, for a log.
/// `acl_unverifiable`: this Wine keeps no access lists, so nobody can say whose the folder is.
struct TakenDirectory {
  std::string set_aside;
  std::string why;
  std::string mended;
  bool stays_loose = false;
  bool acl_unverifiable = false;
};

/// Makes `path` and what is missing above it, or looks whether it is a real folder that only SYSTEM and Administrators (without their
/// rights: and who runs this) own and may change (platform/own_access.h). On Windows one that is not is set aside as
/// "<path>.set-aside-20261126T150000Z" and made anew, at most 16 times. Elsewhere it is refused, as by own_private_directory()
/// (platform/invoker.h). Errors: denied (somebody keeps it in use, it cannot be made ours, the disk keeps no access lists), failed.
Result<TakenDirectory> take_state_directory(const std::string& path, Time now);

/// What is said of it in a log: one line for each thing that was done, in English.
std::vector<std::string> lines_of(const TakenDirectory& taken, const std::string& path);

}  // namespace gokajo::platform
