#include "collectors/deb_restart.h"

#include <algorithm>

#include "collectors/parse/lines.h"
#include "collectors/restart.h"
#include "collectors/seen.h"
#include "platform/deb/version.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::RestartState, compliance::System, compliance::Tristate;
using platform::ask, platform::ErrorKind, platform::Host, platform::ReadFile, platform::RunHelper, platform::StatFile;

namespace {

// unattended-upgrades' kernel hook (Debian) and update-notifier-common (Ubuntu) are what makes the mark.
void look_for_mark(const Host& host, RestartState& state) {
  const auto mark = ask(host, StatFile{.path = "/run/reboot-required"});
  if (!mark && mark.error().kind != ErrorKind::not_found) return;
  if (!mark) {
    for (const char* maker : {"/etc/kernel/postinst.d/unattended-upgrades", "/usr/share/update-notifier/notify-reboot-required"})
      if (ask(host, StatFile{.path = maker})) state.marked = Tristate::no;
    return;
  }
  state.marked = Tristate::yes;
  note_since(state, mark->modified);
  const auto packages = ask(host, ReadFile{.path = "/run/reboot-required.pkgs"});
  if (!packages) return;
  for (const auto line : parse::lines(packages->bytes.data)) {
    const std::string name{parse::trimmed(line)};
    if (!name.empty() && state.waiting.size() < kMaxKernels &&
        std::find(state.waiting.begin(), state.waiting.end(), name) == state.waiting.end())
      state.waiting.push_back(name);
  }
}

void compare_kernels(const Host& host, const System& system, RestartState& state) {
  const auto listed = ask(host, RunHelper{.helper = "dpkg-query",
                                          .arguments = {"-W", "-f", "${Package}\\t${Version}\\t${db:Status-Status}\\n", "linux-image-*"}});
  if (!listed || listed->exit_code != 0) return;
  const auto kernels = parse_installed_kernels(listed->out.data);
  const auto flavour = kernel_flavour(system.kernel_release);
  // The ABI name may stay while the version moves, so what uname says of itself goes before the package of that name.
  auto running = debian_version_of_kernel(system.kernel_version);
  if (running.empty())
    for (const auto& kernel : kernels)
      if (kernel.release == system.kernel_release) running = kernel.version;
  if (running.empty()) return;  // a kernel from elsewhere: nothing here can be newer or older than it
  state.newer_kernel = Tristate::no;
  for (const auto& kernel : kernels) {
    if (kernel_flavour(kernel.release) != flavour || platform::deb::compare_versions(kernel.version, running) <= 0) continue;
    state.newer_kernel = Tristate::yes;
    state.waiting.push_back(kernel.package + " " + kernel.version);
    if (const auto list = ask(host, StatFile{.path = "/var/lib/dpkg/info/" + kernel.package + ".list"})) note_since(state, list->changed);
  }
}

}  // namespace

std::string kernel_flavour(std::string_view release) {
  const auto parts = parse::fields(release, '-');
  std::string flavour;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool of_version = flavour.empty() && (parts[i].empty() || (parts[i][0] >= '0' && parts[i][0] <= '9'));
    if (of_version || (i == 0)) continue;
    flavour += (flavour.empty() ? "" : "-") + std::string(parts[i]);
  }
  return flavour;
}

std::string debian_version_of_kernel(std::string_view uname_v) {
  const auto words = parse::words(uname_v);
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (words[i] == "Debian" && !words[i + 1].empty() && words[i + 1][0] >= '0' && words[i + 1][0] <= '9') return words[i + 1];
  return {};
}

std::vector<InstalledKernel> parse_installed_kernels(std::string_view text) {
  std::vector<InstalledKernel> kernels;
  for (const auto line : parse::lines(text)) {
    const auto field = parse::fields(line, '\t');
    if (field.size() != 3 || field[2] != "installed" || field[1].empty() || kernels.size() >= kMaxKernels) continue;
    std::string_view release = field[0];
    for (const std::string_view prefix : {"linux-image-", "unsigned-"})
      if (release.starts_with(prefix)) release.remove_prefix(prefix.size());
    if (release.empty() || release[0] < '0' || release[0] > '9' || release.ends_with("-dbg") || release.ends_with("-dbgsym")) continue;
    // A meta package of a backported line ("linux-image-6.1-generic") names no release: a release has two dots.
    if (std::count(release.begin(), release.end(), '.') < 2) continue;
    kernels.push_back({std::string(field[0]), std::string(release), std::string(field[1])});
  }
  return kernels;
}

Fact<RestartState> collect_deb_restart(const Host& host, const Fact<System>& system) {
  if (!system) return compliance::no_fact<RestartState>({system.absent, system.detail}, system.source, system.observed_at);
  RestartState state;
  state.running_kernel = system->kernel_release;
  look_for_mark(host, state);
  compare_kernels(host, *system, state);
  return compliance::fact(std::move(state), "/run/reboot-required, dpkg-query linux-image-*", system.observed_at);
}

}  // namespace gokajo::collectors
