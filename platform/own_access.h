/// \file
/// The access lists of our own folders on Windows: how they are made, and what one that is found is taken for. Pure, on every system: the
/// rule is judged by descriptors in Windows' text form (tests/platform/own_access_cases.inc argues each).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/sddl.h"

namespace gokajo::platform {

/// `kept`: state, spool, key, the hub's database: nobody else's business. `for_everybody`: users of the PC may read what is in it.
enum class OwnPlace { kept, for_everybody };

/// What it is made with, protected against what the folder above would hand down. `person`: the SID of whoever runs this without an
/// administrator's rights; empty for a service or administrator, whose things belong to Administrators, whichever of them made it.
std::string own_sddl(OwnPlace place, std::string_view person = {});

/// Who may own and change it: SYSTEM and Administrators, and that person.
std::vector<std::string> own_sids(std::string_view person = {});

/// `loose`: nobody else can have changed it, but the list is not as it is made. `foreign`: somebody else may have.
enum class Possession { ours, loose, foreign };

/// `why`: the SID or the reason, in English for a log; empty when it is ours.
struct OwnAccess {
  Possession possession = Possession::foreign;
  std::string why;
};

/// Refusals are never relied on, nor are conditions: who is named by any entry that permits is let in, here or below.
OwnAccess judge_own_access(const SecurityDescriptor& found, OwnPlace place, const std::vector<std::string>& trusted);

/// Whether nothing can be said of access lists here: only under Wine, and only where what was written is not what is read back.
bool is_access_unverifiable(bool is_wine, const SecurityDescriptor& written, const SecurityDescriptor& read_back);

}  // namespace gokajo::platform
