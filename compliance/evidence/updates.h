/// \file
/// Facts of the topic "updates": what is missing, where updates come from and how fresh that is, what installs them by itself, and
/// whether a restart is due. One shape for apt, dnf, zypper and pacman. Facts only: which of it is late is for the checks to say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/evidence/support.h"
#include "compliance/evidence/windows_updates.h"
#include "compliance/fact.h"

namespace gokajo::compliance {

enum class PackageManager { apt, dnf, zypper, pacman, rpm_ostree, windows_update, none };
BOOST_DESCRIBE_ENUM(PackageManager, apt, dnf, zypper, pacman, rpm_ostree, windows_update, none)

/// `unknown`: the source tells no fixes from other updates (no advisories, a third party's archive, a rolling release).
enum class Tristate { no, yes, unknown };
BOOST_DESCRIBE_ENUM(Tristate, no, yes, unknown)

/// What the package manager would do about a newer version, asked to update everything.
enum class PendingState {
  install,    ///< it would be installed (or, with an empty `offered`, removed)
  held,       ///< a person put it on hold (apt-mark hold, versionlock)
  phased,     ///< the distribution deliberately offers it to other PCs first
  kept_back,  ///< something else stands in the way, a dependency for instance
  pinned,     ///< the configuration prefers another version (pins, priorities)
  ignored,    ///< the configuration excludes it (exclude=, IgnorePkg, locks)
};
BOOST_DESCRIBE_ENUM(PendingState, install, held, phased, kept_back, pinned, ignored)

/// One package whose version would or could change. `installed` empty: it would come newly. `offered` empty: it would be removed. Otherwise
/// the version that would be installed, or the newest offered where nothing would be.
/// `security`: some version above the installed one is a security fix; `first_fix` is the lowest such version known here, empty if none.
/// It came out at `fix_not_before` at the earliest and `fix_not_after` at the latest; absent where nothing on this PC bounds it.
/// `installed_at`: when the installed version was put on this PC, where the manager keeps that.
/// `fix_dated_by` names what bounded it (for the administrator). `advisory`: the distribution's id of the fix, where it tells one.
struct PendingUpdate {
  std::string name;
  std::string architecture;
  std::string installed;
  std::string offered;
  PendingState state = PendingState::install;
  Tristate security = Tristate::unknown;
  std::string first_fix;
  std::optional<Time> fix_not_before;
  std::optional<Time> fix_not_after;
  std::string fix_dated_by;
  std::string advisory;
  std::optional<Time> installed_at;
};
BOOST_DESCRIBE_STRUCT(PendingUpdate, (),
                      (name, architecture, installed, offered, state, security, first_fix, fix_not_before, fix_not_after, fix_dated_by,
                       advisory, installed_at))

/// `installed_count`: packages the manager knows as installed; 0 would make any "nothing is missing" worthless.
struct PendingUpdates {
  PackageManager manager = PackageManager::none;
  std::int64_t installed_count = 0;
  std::vector<PendingUpdate> updates;
};
BOOST_DESCRIBE_STRUCT(PendingUpdates, (), (manager, installed_count, updates))

enum class SourceState {
  ok,
  never_fetched,  ///< configured, and no index of it is on this PC
  expired,        ///< the index itself says that its time is over (Valid-Until)
  unreadable,     ///< its index is there and cannot be read
  disabled,       ///< configured and switched off
  removable,      ///< a disc or stick, never a source of fixes
};
BOOST_DESCRIBE_ENUM(SourceState, ok, never_fetched, expired, unreadable, disabled, removable)

/// A place updates come from. `name`: address and suite, or repository id; never with credentials. `security`: it carries security fixes.
/// `content_date`: when its publisher made the index. `fetched_at`: when this PC last fetched it with success, as well as that is known.
/// `changes_daily`: the publisher signs its index anew at least every week, so an old `content_date` proves an old copy.
struct UpdateSource {
  std::string name;
  SourceState state = SourceState::ok;
  Tristate security = Tristate::unknown;
  bool changes_daily = false;
  std::optional<Time> content_date;
  std::optional<Time> fetched_at;
};
BOOST_DESCRIBE_STRUCT(UpdateSource, (), (name, state, security, changes_daily, content_date, fetched_at))

/// How this release hands out security fixes: in an archive of its own, as advisories beside other updates, or just as newer versions.
enum class SecurityChannel { own_archive, advisories, newest_version, unknown };
BOOST_DESCRIBE_ENUM(SecurityChannel, own_archive, advisories, newest_version, unknown)

/// `security_lacking`: archives in which this release publishes its security fixes and that no enabled source names ("bookworm-security").
struct UpdateSources {
  PackageManager manager = PackageManager::none;
  SecurityChannel security_channel = SecurityChannel::unknown;
  std::vector<std::string> security_lacking;
  std::vector<UpdateSource> sources;
};
BOOST_DESCRIBE_STRUCT(UpdateSources, (), (manager, security_channel, security_lacking, sources))

/// Whether updates install themselves. All three layers are needed: `configured` (the effective configuration says so), `installer_present`
/// (the program that would do it is there), `timer_runs` (what starts it is active, and enabled for the next start). `mechanism` names it
/// ("unattended-upgrades", "dnf-automatic"); empty: this system comes without any (Arch Linux). `why_not`: the setting or unit that stops
/// it, as written there. `last_run`: it ran to its end.
struct AutomaticUpdates {
  std::string mechanism;
  Tristate configured = Tristate::unknown;
  Tristate installer_present = Tristate::unknown;
  Tristate timer_runs = Tristate::unknown;
  std::vector<std::string> why_not;
  std::optional<Time> last_run;
};
BOOST_DESCRIBE_STRUCT(AutomaticUpdates, (), (mechanism, configured, installer_present, timer_runs, why_not, last_run))

/// Whether installed updates wait for a restart. `marked`: the system's own mark asks for it; no: the mark is absent and something here
/// would have made it; unknown: absent, and nothing would. `newer_kernel`: a newer kernel of the running flavour is installed.
/// `waiting`: package or kernel versions waiting; `since`: when the oldest of them was installed, as far as that is known.
struct RestartState {
  Tristate marked = Tristate::unknown;
  Tristate newer_kernel = Tristate::unknown;
  std::string running_kernel;
  std::vector<std::string> waiting;
  std::optional<Time> since;
};
BOOST_DESCRIBE_STRUCT(RestartState, (), (marked, newer_kernel, running_kernel, waiting, since))

struct Updates {
  Fact<PendingUpdates> pending;
  Fact<UpdateSources> sources;
  Fact<AutomaticUpdates> automatic;
  Fact<RestartState> restart;
  Fact<UbuntuPro> ubuntu_pro;            ///< asked on Ubuntu only
  Fact<std::vector<SaidEnd>> ends_said;  ///< empty: no file of this PC speaks of this release
  Fact<ReleasePin> release_pin;          ///< asked on the RHEL family only
  Fact<InstalledSoftware> software;
  // Asked on Windows only, which has no use for `pending`, `automatic` and `restart`.
  Fact<WindowsUpdateSettings> windows_settings;
  Fact<WindowsUpdateServices> windows_services;
  Fact<bool> windows_restart_wanted;  ///< what the update client itself says
  Fact<std::vector<RestartMark>> windows_restart_marks;
  Fact<ExtendedLicences> windows_licences;    ///< asked on Windows 10 22H2 only
  Fact<ExtendedEnrolment> windows_enrolment;  ///< the same
};
BOOST_DESCRIBE_STRUCT(Updates, (),
                      (pending, sources, automatic, restart, ubuntu_pro, ends_said, release_pin, software, windows_settings,
                       windows_services, windows_restart_wanted, windows_restart_marks, windows_licences, windows_enrolment))

}  // namespace gokajo::compliance
