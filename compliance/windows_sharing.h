/// \file
/// What the checks of rule "sharing" have in common on Windows: who gets into a share, and whether the firewall stands before it.
#pragma once

#include <optional>
#include <string_view>

#include "compliance/check.h"

namespace gokajo::compliance {

bool on_windows(const Evidence& evidence);

/// `services` must have a value.
bool service_runs(const Evidence& evidence, std::string_view name);

/// Without name or password, by way of Guest or of nobody's name; absent where a part that decides is not known.
std::optional<Access> without_password(const WindowsShare& share, const Fact<WindowsGuest>& guest);

/// Whether Guest comes in over the network; absent where it is not known.
std::optional<bool> guest_enters(const Fact<WindowsGuest>& guest);

/// The finding when the shares cannot be judged: not read, or nothing serves them. nullopt when they can.
std::optional<Finding> windows_shares_not_judged(const Evidence& evidence);

/// An item per share: name and path.
Parameters share_item(const WindowsShare& share);

/// Why it cannot be said who gets into a share: Guest's account where that is not known, else the rights that could not be read.
Finding shares_unread(const Evidence& evidence, std::vector<Parameters> items);

/// What stands between the network and this PC in one profile: Windows' own firewall, none, another one, or it cannot be said.
enum class Guard { windows, none, other, unclear };
Guard guard_of(const Evidence& evidence, const WindowsFirewallProfile& profile);

/// Whether connections get through to what a group of rules is for, whose state in the profile is `rules`.
enum class Door { open, shut, unclear };
Door door_of(const Evidence& evidence, const WindowsFirewallProfile& profile, const std::optional<bool>& rules);

}  // namespace gokajo::compliance
