#include "collectors/updates.h"

#include "collectors/apt_archives.h"
#include "collectors/apt_automatic.h"
#include "collectors/apt_pending.h"
#include "collectors/deb_restart.h"

namespace gokajo::collectors {

using platform::Host;

void collect_updates_linux(const Host& host, const compliance::Device& device, compliance::Updates& into) {
  if (platform::ask(host, platform::StatFile{.path = "/var/lib/dpkg/status"})) {
    const auto archives = collect_apt_archives(host);
    into.sources = apt_sources_fact(archives, device.os, device.os.observed_at);
    into.pending = collect_apt_pending(host, archives);
    into.automatic = collect_apt_automatic(host);
    into.restart = collect_deb_restart(host, device.system);
  }
}

}  // namespace gokajo::collectors
