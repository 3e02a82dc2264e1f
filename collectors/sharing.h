/// \file
/// Facts of the topic "sharing": on Linux with its smaller services, on Windows with its shares and its firewall.
#pragma once

#include "compliance/evidence/device.h"
#include "compliance/evidence/sharing.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Programs are asked only about services that wait for other machines: what is configured and not served stays not_found, with that
/// reason.
compliance::Sharing collect_sharing_linux(const platform::Host& host);

compliance::Fact<std::vector<compliance::NfsExport>> collect_nfs_linux(const platform::Host& host);
compliance::Fact<std::vector<compliance::RsyncModule>> collect_rsync_linux(const platform::Host& host);
compliance::Fact<std::vector<std::string>> collect_shared_printers_linux(const platform::Host& host);

/// The FTP server whose executable is `program`; empty: not known which one runs.
compliance::Fact<compliance::FtpServer> collect_ftp_linux(const platform::Host& host, const std::string& program);

/// Every question of its own: what one of them cannot tell takes nothing from the others.
compliance::Sharing collect_sharing_windows(const platform::Host& host, const compliance::Device& device);

/// From NetShareEnum with both security descriptors, and what lets visitors without a name in (Lsa, LanmanServer).
compliance::Fact<std::vector<compliance::WindowsShare>> collect_shares_windows(const platform::Host& host,
                                                                               const compliance::Device& device);
compliance::Fact<compliance::WindowsGuest> collect_guest_windows(const platform::Host& host);

/// From INetFwPolicy2 under the policies of the registry; where it does not answer, from what is set in the registry and the networks in
/// use.
compliance::Fact<std::vector<compliance::WindowsFirewallProfile>> collect_firewall_windows(const platform::Host& host,
                                                                                           const compliance::Device& device);

}  // namespace gokajo::collectors
