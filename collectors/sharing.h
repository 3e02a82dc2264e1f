/// \file
/// Facts of the topic "sharing" on Linux, and of its smaller services.
#pragma once

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

}  // namespace gokajo::collectors
