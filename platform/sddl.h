/// \file
/// Security descriptors in Windows' text form (SDDL): who owns a thing and who may do what with it. Read on every system; where Windows
/// says a descriptor it says it so (Microsoft: "Security Descriptor String Format", "ACE Strings", "SID Strings").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/result.h"

namespace gokajo::platform {

inline constexpr std::size_t kMaxSddlBytes = 256U << 10U;

/// Rights of files and folders (winnt.h); generic rights in an entry are already turned into these.
inline constexpr std::uint32_t kReadData = 0x1;
inline constexpr std::uint32_t kWriteData = 0x2;   ///< in a folder: make a file
inline constexpr std::uint32_t kAppendData = 0x4;  ///< in a folder: make a folder
inline constexpr std::uint32_t kDeleteChild = 0x40;
inline constexpr std::uint32_t kDelete = 0x10000;
inline constexpr std::uint32_t kWriteDac = 0x40000;
inline constexpr std::uint32_t kWriteOwner = 0x80000;
/// Any of these lets somebody change what a file or folder holds, or who may.
inline constexpr std::uint32_t kAnyWrite = kWriteData | kAppendData | kDeleteChild | kDelete | kWriteDac | kWriteOwner;

/// `sid`: S-1-…; of the two-letter names those that mean one SID everywhere are written out, those that depend on the PC or domain (LA, LG,
/// DA, DU …) stay as they are. `inherit_only`: for what will be made below, not for the thing itself. `conditional`: holds only under a
/// condition that is not read here.
struct AccessEntry {
  bool allow = false;
  std::string sid;
  std::uint32_t mask = 0;
  bool inherit_only = false;
  bool conditional = false;
};

/// `everybody_may`: there is no access list (a null DACL), so nothing is refused to anyone; an empty list refuses all. Entries in their
/// order, audit entries left out.
struct SecurityDescriptor {
  std::string owner;
  bool everybody_may = false;
  bool is_protected = false;  ///< takes nothing over from the folder above
  std::vector<AccessEntry> entries;
};

/// Error{malformed} names the byte; Error{too_large} above kMaxSddlBytes.
Result<SecurityDescriptor> parse_sddl(std::string_view text);

/// Which of `wanted` rights somebody has who is all of `sids` (their account and the groups they are in): entries are taken in order, and
/// the first that speaks of a right decides (Microsoft: "How AccessCheck Works"). Conditional entries that allow are taken as allowing.
std::uint32_t rights_of(const SecurityDescriptor& descriptor, const std::vector<std::string>& sids, std::uint32_t wanted);

/// The first entry that gives any of `rights` to another than `trusted` SIDs, "owner" where the owner is none of them, "everybody" without
/// an access list; nullopt when only those may.
std::optional<std::string> stranger_with(const SecurityDescriptor& descriptor, const std::vector<std::string>& trusted,
                                         std::uint32_t rights);

}  // namespace gokajo::platform
