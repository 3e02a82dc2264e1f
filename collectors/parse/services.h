/// \file
/// Configurations of the other services that share: NFS, rsync, FTP, CUPS. Each reader takes the whole text and is bounded by its size.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence/sharing.h"
#include "platform/result.h"

namespace gokajo::collectors::parse {

/// /var/lib/nfs/etab: "path<TAB>client(options)" lines with all options written out, exportfs(8). `defined_in` stays empty.
/// Error{malformed} names the line.
platform::Result<std::vector<compliance::NfsExport>> parse_etab(std::string_view text);

/// Where /etc/exports gives `path` to `client` (exports(5)): "host (rw)" gives host its defaults and everybody rw. A line that is no export
/// ends the reading, as exportfs drops the rest of the file.
struct ExportLine {
  std::string path;
  std::string client;  ///< empty: everybody
  std::int64_t line = 0;
};
std::vector<ExportLine> parse_exports(std::string_view text);

/// To whom a client pattern of NFS or a hosts list opens: "*" and networks of /16 and wider are everybody.
compliance::Clients clients_of(std::string_view client);

/// rsyncd.conf(5). Error{unsupported} when it includes other files, for then what is read here is not all.
platform::Result<std::vector<compliance::RsyncModule>> parse_rsyncd(std::string_view text);

/// vsftpd.conf(5) anonymous_enable, ProFTPD's <Anonymous>; nullopt when the text does not say.
std::optional<bool> parse_vsftpd_anonymous(std::string_view text);
std::optional<bool> parse_proftpd_anonymous(std::string_view text);

/// Names of the shared printers in CUPS's printers.conf(5).
std::vector<std::string> parse_shared_printers(std::string_view text);

}  // namespace gokajo::collectors::parse
