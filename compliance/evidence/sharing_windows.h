/// \file
/// Facts of the topic "sharing" that only Windows has: its shares, its firewall, its remote desktop.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

namespace gokajo::compliance {

/// What somebody may do in a shared folder.
enum class Access { none, read, write };
BOOST_DESCRIBE_ENUM(Access, none, read, write)

/// A folder or printer that somebody shared; what Windows shares by itself (C$, ADMIN$, IPC$, print$, FAX$, and SYSVOL and NETLOGON of a
/// domain controller) is left out. Access counts where the share's own rights AND those of the folder give it; it is absent where the half
/// that decides could not be read, and `unread` says which and why. A printer's rights are not looked at.
struct WindowsShare {
  std::string name;
  std::string path;
  bool printer = false;
  std::optional<Access> anonymous;  ///< who gives no name at all, as far as this PC lets such visitors to this share
  std::optional<Access> guests;     ///< the account Guest and its group, if it may come in
  std::optional<Access> accounts;   ///< every account of this PC or its domain (Everyone, Authenticated Users, Users, Domain Users)
  std::string unread;
};
BOOST_DESCRIBE_STRUCT(WindowsShare, (), (name, path, printer, anonymous, guests, accounts, unread))

/// The built-in account Guest (RID 501). `denied`: it or the group Guests has SeDenyNetworkLogonRight; not asked while it is off.
struct WindowsGuest {
  bool enabled = false;
  bool denied = false;
};
BOOST_DESCRIBE_STRUCT(WindowsGuest, (), (enabled, denied))

enum class FirewallProfile { domain, private_network, public_network };
BOOST_DESCRIBE_ENUM(FirewallProfile, domain, private_network, public_network)

/// One profile of Windows' firewall, a policy counted in: it wins over what is set here. `in_use`: a network of that kind is connected.
/// `inbound_allowed`: what no rule names comes in. `file_sharing`, `remote_desktop`: the rules of those groups are on in it; absent where
/// that could not be asked.
struct WindowsFirewallProfile {
  FirewallProfile profile = FirewallProfile::public_network;
  bool in_use = false;
  bool on = false;
  bool by_policy = false;
  bool inbound_allowed = false;
  bool block_all = false;
  std::optional<bool> file_sharing;
  std::optional<bool> remote_desktop;
};
BOOST_DESCRIBE_STRUCT(WindowsFirewallProfile, (),
                      (profile, in_use, on, by_policy, inbound_allowed, block_all, file_sharing, remote_desktop))

/// What the Security Center thinks of the firewalls of this PC, all taken together.
enum class SecurityHealth { good, not_monitored, poor, snoozed };
BOOST_DESCRIBE_ENUM(SecurityHealth, good, not_monitored, poor, snoozed)

/// Settings of remote desktop, policy over what is set here; absent where neither says. An edition without a host of it (Home) has them
/// too.
struct WindowsRemoteDesktop {
  std::optional<bool> enabled;
  std::optional<bool> nla;  ///< network level authentication is required
};
BOOST_DESCRIBE_STRUCT(WindowsRemoteDesktop, (), (enabled, nla))

}  // namespace gokajo::compliance
