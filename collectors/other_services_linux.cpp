#include <algorithm>

#include "collectors/parse/lines.h"
#include "collectors/parse/services.h"
#include "collectors/seen.h"
#include "collectors/sharing.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::FtpServer, compliance::NfsExport, compliance::RsyncModule;
using platform::ask, platform::ErrorKind, platform::Host, platform::ReadFile;

namespace {

std::vector<std::string> export_files(const Host& host) {
  std::vector<std::string> files = {"/etc/exports"};
  const auto more = ask(host, platform::ListDirectory{.path = "/etc/exports.d"});
  if (more)
    for (const auto& entry : more->entries)
      if (entry.name.ends_with(".exports") && !entry.name.starts_with('.')) files.push_back("/etc/exports.d/" + entry.name);
  return files;
}

// Names the line that made each export, where a line fits.
void name_lines(const Host& host, std::vector<NfsExport>& exports) {
  for (const auto& path : export_files(host)) {
    const auto file = ask(host, ReadFile{.path = path});
    if (!file) continue;
    for (const auto& line : parse::parse_exports(file->bytes.data))
      for (auto& one : exports)
        if (one.defined_in.empty() && one.path == line.path && one.client == (line.client.empty() ? "*" : line.client))
          one.defined_in = path + ":" + std::to_string(line.line);
  }
}

}  // namespace

Fact<std::vector<NfsExport>> collect_nfs_linux(const Host& host) {
  const auto etab = ask(host, ReadFile{.path = "/var/lib/nfs/etab"});
  if (!etab) return unavailable<std::vector<NfsExport>>(etab);
  auto exports = parse::parse_etab(etab->bytes.data);
  if (!exports) return malformed<std::vector<NfsExport>>(exports.error().detail, etab);
  for (auto& one : *exports)
    if (one.client.empty()) one.client = "*";
  name_lines(host, *exports);
  return observed(std::move(*exports), etab);
}

Fact<std::vector<RsyncModule>> collect_rsync_linux(const Host& host) {
  const auto file = ask(host, ReadFile{.path = "/etc/rsyncd.conf", .reducer = "rsync_modules"});
  if (!file) return unavailable<std::vector<RsyncModule>>(file);
  auto modules = parse::parse_rsyncd(file->bytes.data);
  if (!modules) return compliance::no_fact<std::vector<RsyncModule>>(modules.error(), file.source, file.observed_at);
  return observed(std::move(*modules), file);
}

Fact<std::vector<std::string>> collect_shared_printers_linux(const Host& host) {
  const auto file = ask(host, ReadFile{.path = "/etc/cups/printers.conf", .reducer = "cups_printers"});
  // CUPS writes the file with the first printer.
  if (!file && file.error().kind == ErrorKind::not_found)
    return compliance::fact<std::vector<std::string>>({}, file.source, file.observed_at);
  if (!file) return unavailable<std::vector<std::string>>(file);
  return observed(parse::parse_shared_printers(file->bytes.data), file);
}

Fact<FtpServer> collect_ftp_linux(const Host& host, const std::string& program) {
  const auto name = program.substr(program.rfind('/') + 1);
  if (name == "vsftpd" || name == "proftpd") {
    const bool vs = name == "vsftpd";
    auto file = ask(host, ReadFile{.path = vs ? "/etc/vsftpd.conf" : "/etc/proftpd/proftpd.conf", .reducer = "ftp_config"});
    if (!file && file.error().kind == ErrorKind::not_found)
      file = ask(host, ReadFile{.path = vs ? "/etc/vsftpd/vsftpd.conf" : "/etc/proftpd.conf", .reducer = "ftp_config"});
    if (!file) return unavailable<FtpServer>(file);
    const auto& text = file->bytes.data;
    return observed(FtpServer{name, file.source, vs ? parse::parse_vsftpd_anonymous(text) : parse::parse_proftpd_anonymous(text)}, file);
  }
  if (name == "pure-ftpd") {
    const auto file = ask(host, ReadFile{.path = "/etc/pure-ftpd/conf/NoAnonymous"});
    if (!file) return unavailable<FtpServer>(file);
    std::optional<bool> anonymous;
    if (parse::lower(parse::trimmed(file->bytes.data)) == "yes") anonymous = false;
    return observed(FtpServer{name, file.source, anonymous}, file);
  }
  return compliance::no_fact<FtpServer>({ErrorKind::unsupported, program.empty() ? "FTP server not known" : program}, "ftp", {});
}

}  // namespace gokajo::collectors
