#include "collectors/rpm_restart.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "collectors/parse/lines.h"
#include "collectors/restart.h"
#include "collectors/rpm_packages.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Device, compliance::Fact, compliance::RestartState, compliance::System, compliance::Tristate;
using platform::ask, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile, platform::RunHelper,
    platform::StatFile;

namespace {

// NEED_REBOOT of dnf-plugins-core's needs_restarting.py and CORE_PACKAGE_NAMES of libdnf5, without the kernels: an older kernel that was
// put on since the start waits for nothing.
constexpr std::array<std::string_view, 7> kCore = {"glibc",       "linux-firmware", "systemd",      "dbus",
                                                   "dbus-broker", "dbus-daemon",    "microcode_ctl"};
constexpr std::array<std::string_view, 2> kCoreOfDnf5 = {"gnutls", "openssl-libs"};

constexpr const char* kConfigured = "/etc/dnf/plugins/needs-restarting.d";

Fact<RestartState> no_restart(const platform::Error& error, std::string source, compliance::Time at) {
  return compliance::no_fact<RestartState>(error, std::move(source), at);
}

// nullopt: what a person added cannot be read.
std::optional<std::set<std::string, std::less<>>> core_packages(const Host& host, bool dnf5) {
  std::set<std::string, std::less<>> names(kCore.begin(), kCore.end());
  if (dnf5) {
    names.insert(kCoreOfDnf5.begin(), kCoreOfDnf5.end());
    return names;
  }
  const auto folder = ask(host, ListDirectory{.path = kConfigured});
  if (!folder) return folder.error().kind == ErrorKind::not_found ? std::optional(names) : std::nullopt;
  for (const auto& entry : folder->entries) {
    if (!entry.name.ends_with(".conf")) continue;
    const auto file = ask(host, ReadFile{.path = std::string(kConfigured) + "/" + entry.name});
    if (!file) return std::nullopt;
    for (const auto line : parse::lines(file->bytes.data)) names.emplace(parse::trimmed(line));
  }
  return names;
}

bool is_kernel(std::string_view name) { return name == "kernel" || name.starts_with("kernel-"); }

void look_for_core_packages(const Host& host, const System& system, const std::vector<parse::RpmPackage>& installed, bool dnf5,
                            RestartState& state) {
  if (!system.booted) return;
  const auto core = core_packages(host, dnf5);
  const auto names = core.value_or(std::set<std::string, std::less<>>(kCore.begin(), kCore.end()));
  std::set<std::string> waiting;
  for (const auto& package : installed) {
    if (is_kernel(package.name) || !names.contains(package.name) || !package.installed_at || *package.installed_at <= *system.booted)
      continue;
    waiting.insert(package.name + " " + package.evr);
    note_since(state, *package.installed_at);
  }
  state.waiting.insert(state.waiting.end(), waiting.begin(), waiting.end());
  if (!waiting.empty())
    state.marked = Tristate::yes;
  else if (core && !dnf5)
    state.marked = Tristate::no;
}

}  // namespace

void compare_rpm_kernels(const Host& host, const System& system, const std::vector<parse::RpmPackage>& installed, RestartState& state) {
  const auto& release = system.kernel_release;
  if (!is_kernel_release(release)) return;
  // Where the families put the image: RHEL 8 and later, Leap 15.3 and later; before the merge of /usr; older ones.
  const auto seen =
      ask(host, RunHelper{.helper = "rpm",
                          .arguments = {"-qf", "--qf", parse::kRpmOwnerFormat, "/usr/lib/modules/" + release + "/vmlinuz",
                                        "/lib/modules/" + release + "/vmlinuz", "/boot/vmlinuz-" + release},
                          .unchanged_while = {"/usr/lib/modules", "/var/lib/rpm/rpmdb.sqlite", "/usr/lib/sysimage/rpm/rpmdb.sqlite",
                                              "/var/lib/rpm/Packages", "/usr/lib/sysimage/rpm/Packages.db"}});
  if (!seen) return;
  // It ends with how many of the files have no owner; the rows of the others stand.
  const auto owners = parse::rpm_owners(seen->out.data);
  if (owners.size() != 1) return;  // a kernel from elsewhere
  state.newer_kernel = Tristate::no;
  for (const auto& package : installed) {
    if (package.name != owners[0].name || parse::compare_evr(package.evr, owners[0].evr) <= 0) continue;
    state.newer_kernel = Tristate::yes;
    if (state.waiting.size() < kMaxKernels) state.waiting.push_back(package.name + " " + package.evr);
    if (package.installed_at) note_since(state, *package.installed_at);
  }
}

Fact<RestartState> collect_dnf_restart(const Host& host, const Device& device, bool dnf5) {
  const auto& system = device.system;
  if (!system) return no_restart({system.absent, system.detail}, system.source, system.observed_at);
  const auto installed = installed_rpm_packages(host);
  if (!installed) return unavailable<RestartState>(installed);
  RestartState state;
  state.running_kernel = system->kernel_release;
  compare_rpm_kernels(host, *system, *installed, state);
  look_for_core_packages(host, *system, *installed, dnf5, state);
  return compliance::fact(std::move(state), "rpm -qa, rpm -qf", system.observed_at);
}

Fact<RestartState> collect_zypper_restart(const Host& host, const Device& device) {
  const auto& system = device.system;
  if (!system) return no_restart({system.absent, system.detail}, system.source, system.observed_at);
  RestartState state;
  state.running_kernel = system->kernel_release;
  if (const auto installed = installed_rpm_packages(host)) compare_rpm_kernels(host, *system, *installed, state);
  const auto mark = ask(host, StatFile{.path = "/run/reboot-needed"});
  if (mark) {
    state.marked = Tristate::yes;
    note_since(state, mark->modified);
  } else if (mark.error().kind == ErrorKind::not_found) {
    state.marked = Tristate::no;  // libzypp itself makes it
  }
  // There updates go into a snapshot that the next start takes, and the running one does not show it.
  const auto transactional = ask(host, StatFile{.path = "/usr/sbin/transactional-update"});
  if (transactional || transactional.error().kind != ErrorKind::not_found) {
    if (state.marked == Tristate::no) state.marked = Tristate::unknown;
    if (state.newer_kernel == Tristate::no) state.newer_kernel = Tristate::unknown;
  }
  return compliance::fact(std::move(state), "/run/reboot-needed, rpm -qf", system.observed_at);
}

}  // namespace gokajo::collectors
