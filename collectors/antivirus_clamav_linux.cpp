#include "collectors/antivirus_products.h"
#include "collectors/parse/clamav.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::AntivirusProduct, compliance::Definitions, compliance::Fact, compliance::RealTime;
using platform::ask, platform::AskSocket, platform::ErrorKind, platform::Host, platform::ReadFile, platform::Seen;

namespace {

const Paths kOnAccess = {"/usr/sbin/clamonacc", "/usr/bin/clamonacc"};

// Debian and Arch, RHEL and Fedora (clamd@scan), SUSE.
Seen<platform::FileContents> read_conf(const Host& host) {
  Seen<platform::FileContents> seen = ask(host, ReadFile{.path = "/etc/clamav/clamd.conf", .reducer = "clamd_conf"});
  for (const char* path : {"/etc/clamd.d/scan.conf", "/etc/clamd.conf"}) {
    if (seen || seen.error().kind != ErrorKind::not_found) break;
    seen = ask(host, ReadFile{.path = path, .reducer = "clamd_conf"});
  }
  return seen;
}

// The newer of daily.cvd and daily.cld; main.cvd is years old by design and says nothing. No daily at all: a value without a date.
Fact<Definitions> on_disk(const Host& host, const std::string& directory) {
  std::optional<parse::CvdHeader> newest;
  Fact<Definitions> fact;
  for (const char* name : {"/daily.cvd", "/daily.cld"}) {
    const auto seen = ask(host, ReadFile{.path = directory + name, .reducer = "cvd_header", .prefix_bytes = 512});
    if (!seen && seen.error().kind == ErrorKind::not_found) {
      if (!fact.value) fact = observed(Definitions{}, seen);
      continue;
    }
    if (!seen) return unavailable<Definitions>(seen);
    const auto header = parse::parse_cvd_header(seen->bytes.data);
    if (!header) return malformed<Definitions>("no ClamAV database header", seen);
    if (newest && newest->version >= header->version) continue;
    newest = header;
    Definitions definitions;
    definitions.published = header->built;
    definitions.version = std::to_string(header->version);
    fact = observed(std::move(definitions), seen);
  }
  return fact;
}

// What a running clamd works with: it may have loaded older definitions than lie on the disk, or none. Only a running one is asked, since
// a connection would start one that waits behind a socket unit.
void compare_with_loaded(const Host& host, const std::string& socket, Fact<Definitions>& definitions) {
  const auto seen = ask(host, AskSocket{.path = socket, .send = {std::string("zVERSION\0", 9)}});
  if (!seen) {
    definitions = unavailable<Definitions>(seen);
    return;
  }
  const auto version = parse::parse_clamd_version(seen->bytes.data);
  if (!version) {
    definitions = malformed<Definitions>("clamd's VERSION", seen);
  } else if (!version->database) {
    definitions = observed(Definitions{}, seen);
  } else if (!definitions->published || std::to_string(*version->database) != definitions->version) {
    definitions->loaded = version->built;
    if (!definitions->published) definitions->published = version->built;
  }
}

Fact<RealTime> on_access(const ProcessList& list, const parse::ClamdConf& conf) {
  const auto runs = any_runs(list, kOnAccess);
  if (!runs) return compliance::no_fact<RealTime>({runs.absent, runs.detail}, runs.source, runs.observed_at);
  if (!*runs) return observed(RealTime::off, list);
  const auto guards = guards_opens(list, "", kOnAccess);
  if (!guards) return compliance::no_fact<RealTime>({guards.absent, guards.detail}, guards.source, guards.observed_at);
  if (*guards) return observed(RealTime::on, list);
  return observed(conf.watched > 0 && !conf.prevention ? RealTime::notices_only : RealTime::off, list);
}

}  // namespace

void ask_clamav(const Host& host, const ProcessList& list, AntivirusProduct& product) {
  const auto file = read_conf(host);
  if (!file && file.error().kind != ErrorKind::not_found) {
    product.real_time = unavailable<RealTime>(file);
    product.definitions = unavailable<Definitions>(file);
    return;
  }
  const auto conf = file ? parse::parse_clamd_conf(file->bytes.data) : parse::ClamdConf{};
  if (conf.watched > 0) product.watched_folders = conf.watched;
  product.real_time = on_access(list, conf);
  product.definitions = on_disk(host, conf.database_directory);
  if (product.definitions && product.running && *product.running && !conf.local_socket.empty())
    compare_with_loaded(host, conf.local_socket, product.definitions);
}

}  // namespace gokajo::collectors
