#include <algorithm>

#include "collectors/pacman_restart.h"
#include "collectors/parse/lines.h"
#include "collectors/parse/pacman.h"
#include "collectors/seen.h"
#include "collectors/updates_pacman.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::PackageManager, compliance::PendingState, compliance::PendingUpdate, compliance::PendingUpdates,
    compliance::SourceState, compliance::Tristate, compliance::UpdateSource, compliance::UpdateSources;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::Result, platform::RunHelper, platform::StatFile;

namespace {

Result<std::string> pacman(const Host& host, std::vector<std::string> arguments) {
  const auto seen = ask(host, RunHelper{.helper = "pacman", .arguments = std::move(arguments)});
  if (!seen) return seen.error();
  // -Qu ends with 1 and prints nothing when nothing is newer, and also without databases: whether those are there was looked at before.
  const bool nothing_newer = seen->exit_code == 1 && seen->out.data.empty() && seen->err.data.empty();
  if (seen->exit_code != 0 && !nothing_newer)
    return Error{ErrorKind::failed, "pacman ended with " + std::to_string(seen->exit_code) + ": " + seen->err.data};
  return seen->out.data;
}

// ctime of a database is when this PC fetched it; mtime is the server's.
Fact<UpdateSources> databases(const Host& host, std::vector<std::string>& unfetched) {
  const auto list =
      ask(host, RunHelper{.helper = "pacman-conf", .arguments = {"--repo-list"}, .unchanged_while = {"/etc/pacman.conf", "/etc/pacman.d"}});
  if (!list) return unavailable<UpdateSources>(list);
  if (list->exit_code != 0) return compliance::no_fact<UpdateSources>({ErrorKind::failed, list->err.data}, list.source, list.observed_at);
  UpdateSources sources;
  sources.manager = PackageManager::pacman;
  sources.security_channel = compliance::SecurityChannel::newest_version;
  for (const auto& name : parse::words(list->out.data)) {
    UpdateSource source;
    source.name = name;
    const auto status = ask(host, StatFile{.path = "/var/lib/pacman/sync/" + name + ".db"});
    if (status) {
      source.fetched_at = status->changed;
      source.content_date = status->modified;
    } else {
      source.state = status.error().kind == ErrorKind::not_found ? SourceState::never_fetched : SourceState::unreadable;
      unfetched.push_back(name);
    }
    sources.sources.push_back(std::move(source));
  }
  return observed(std::move(sources), list);
}

// What the databases here offer was out when the newest of them was made. That is all they say of the first version above the installed
// one: %BUILDDATE% of the offered version bounds neither, for another may have come before it, and a package may wait weeks for its
// release.
void bound_dates(const Host& host, const UpdateSources& sources, PendingUpdate& update) {
  for (const auto& source : sources.sources) {
    if (!source.content_date) {
      update.fix_not_after.reset();
      break;
    }
    if (!update.fix_not_after || *source.content_date > *update.fix_not_after) update.fix_not_after = source.content_date;
  }
  if (update.fix_not_after) update.fix_dated_by = "/var/lib/pacman/sync";
  const auto kept = ask(host, platform::ReadFile{.path = "/var/lib/pacman/local/" + update.name + "-" + update.installed + "/desc"});
  if (kept) update.installed_at = parse::pacman_install_date(kept->bytes.data);
}

PendingUpdate update_of(const std::string& name, const std::string& installed, const std::string& offered, PendingState state) {
  PendingUpdate update;
  update.name = name;
  update.architecture = "-";  // pacman names packages without one
  update.installed = installed;
  update.offered = offered;
  update.state = state;
  update.security = installed.empty() ? Tristate::no : Tristate::unknown;
  return update;
}

Result<PendingUpdates> pending_updates(const Host& host, const UpdateSources& sources) {
  const auto listing = pacman(host, {"-Q"});
  if (!listing) return listing.error();
  const auto installed = parse::pacman_packages(*listing);
  if (!installed || installed->empty()) return Error{ErrorKind::failed, "the database of packages is empty or has another form"};
  const auto newer = pacman(host, {"-Qu", "--color", "never"});
  if (!newer) return newer.error();
  const auto upgrades = parse::pacman_upgrades(*newer);
  if (!upgrades) return Error{ErrorKind::malformed, "expected lines of name, version, arrow, version"};
  // What the whole upgrade would do; it fails as a whole where a dependency is missing.
  const auto print =
      upgrades->empty() ? Result<std::string>(std::string()) : pacman(host, {"-Sup", "--noconfirm", "--print-format", "%n %v"});
  const auto planned = print ? parse::pacman_packages(*print) : std::nullopt;
  PendingUpdates pending;
  pending.manager = PackageManager::pacman;
  pending.installed_count = static_cast<std::int64_t>(installed->size());
  for (const auto& upgrade : *upgrades) {
    const bool goes = planned && std::any_of(planned->begin(), planned->end(), [&](const auto& p) { return p.name == upgrade.name; });
    const auto state = upgrade.ignored ? PendingState::ignored : goes ? PendingState::install : PendingState::kept_back;
    pending.updates.push_back(update_of(upgrade.name, upgrade.installed, upgrade.offered, state));
    bound_dates(host, sources, pending.updates.back());
  }
  if (planned)
    for (const auto& package : *planned) {
      const bool known = std::any_of(upgrades->begin(), upgrades->end(), [&](const auto& u) { return u.name == package.name; });
      if (!known) pending.updates.push_back(update_of(package.name, "", package.version, PendingState::install));
    }
  return pending;
}

// pacman(8) has no mode that upgrades by itself, and Arch Linux comes without a timer that would; what derivatives add is not known here.
Fact<compliance::AutomaticUpdates> no_automatic(const Fact<compliance::OsRelease>& os) {
  constexpr const char* kSource = "os-release, pacman(8)";
  if (!os || os->id != "arch") {
    const Error error{ErrorKind::unsupported, "how this system updates by itself is not known"};
    return compliance::no_fact<compliance::AutomaticUpdates>(error, kSource, os.observed_at);
  }
  compliance::AutomaticUpdates none;
  none.configured = none.installer_present = none.timer_runs = Tristate::no;
  return compliance::fact(std::move(none), kSource, os.observed_at);
}

}  // namespace

void collect_pacman_updates_linux(const Host& host, const compliance::Device& device, compliance::Updates& into) {
  std::vector<std::string> unfetched;
  into.automatic = no_automatic(device.os);
  into.restart = collect_pacman_restart(host, device.system);
  into.sources = databases(host, unfetched);
  const auto absent = [&](Error error) { return compliance::no_fact<PendingUpdates>(std::move(error), "pacman", device.os.observed_at); };
  if (!into.sources) {
    into.pending = absent({into.sources.absent, into.sources.detail});
  } else if (!unfetched.empty() || into.sources->sources.empty()) {
    into.pending =
        absent({ErrorKind::failed, "no database on this PC" + (unfetched.empty() ? "" : " of the repository " + unfetched.front())});
  } else {
    auto pending = pending_updates(host, *into.sources);
    into.pending = pending ? compliance::fact(std::move(*pending), "pacman -Qu", into.sources.observed_at) : absent(pending.error());
  }
}

}  // namespace gokajo::collectors
