#include "collectors/apt_archives.h"
#include "collectors/apt_automatic.h"
#include "collectors/apt_pending.h"
#include "collectors/deb_restart.h"
#include "collectors/package_manager.h"
#include "collectors/updates.h"
#include "collectors/updates_dnf.h"
#include "collectors/updates_pacman.h"
#include "collectors/updates_zypper.h"

namespace gokajo::collectors {

using compliance::PackageManager;
using platform::Host;

namespace {

void collect_apt_updates_linux(const Host& host, const compliance::Device& device, compliance::Updates& into) {
  const auto archives = collect_apt_archives(host);
  into.sources = apt_sources_fact(archives, device.os, device.os.observed_at);
  into.pending = collect_apt_pending(host, archives);
  into.automatic = collect_apt_automatic(host);
  into.restart = collect_deb_restart(host, device.system);
}

// An image that is replaced as a whole has no packages of its own to compare (evidence/linux.md 2.2): not looked at yet.
void nothing_to_compare(const compliance::Device& device, compliance::Updates& into) {
  const platform::Error error{platform::ErrorKind::unsupported, "the system is updated as one image"};
  into.sources = compliance::no_fact<compliance::UpdateSources>(error, "/run/ostree-booted", device.os.observed_at);
  into.pending = compliance::no_fact<compliance::PendingUpdates>(error, "/run/ostree-booted", device.os.observed_at);
  into.automatic = compliance::no_fact<compliance::AutomaticUpdates>(error, "/run/ostree-booted", device.os.observed_at);
  into.restart = compliance::no_fact<compliance::RestartState>(error, "/run/ostree-booted", device.os.observed_at);
}

}  // namespace

void collect_updates_linux(const Host& host, const compliance::Device& device, compliance::Updates& into) {
  switch (package_manager_of(device)) {
    case PackageManager::apt:
      return collect_apt_updates_linux(host, device, into);
    case PackageManager::dnf:
      return collect_dnf_updates_linux(host, device, into);
    case PackageManager::zypper:
      return collect_zypper_updates_linux(host, device, into);
    case PackageManager::pacman:
      return collect_pacman_updates_linux(host, device, into);
    case PackageManager::rpm_ostree:
      return nothing_to_compare(device, into);
    case PackageManager::windows_update:
    case PackageManager::none:
      break;
  }
  // A system that names no family, with Debian's database of packages.
  if (platform::ask(host, platform::StatFile{.path = "/var/lib/dpkg/status"})) collect_apt_updates_linux(host, device, into);
}

}  // namespace gokajo::collectors
