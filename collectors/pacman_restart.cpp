#include "collectors/pacman_restart.h"

#include <algorithm>

#include "collectors/parse/lines.h"
#include "collectors/restart.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::RestartState, compliance::System, compliance::Tristate;
using platform::ask, platform::Host, platform::ListDirectory, platform::RunHelper, platform::StatFile;

namespace {

constexpr const char* kModules = "/usr/lib/modules/";
constexpr std::size_t kMaxAsked = 16;

// Arch's kernels put a file "pkgbase" among their modules (alpm hooks find them by it). `known` false: pacman did not answer.
struct Owner {
  bool known = false;
  std::string package;
};

Owner owner_of_modules(const Host& host, const std::string& release) {
  const auto seen = ask(host, RunHelper{.helper = "pacman", .arguments = {"-Qqo", kModules + release + "/pkgbase"}});
  if (!seen) return {};
  const std::string package{parse::trimmed(seen->out.data)};
  if (seen->exit_code == 0 && parse::words(package).size() == 1) return {true, package};
  // In LC_ALL=C.UTF-8: "error: No package owns FILE", "error: failed to read file 'FILE': No such file or directory".
  const auto& said = seen->err.data;
  const bool none = seen->exit_code == 1 &&
                    (said.find("No package owns") != std::string::npos || said.find("No such file or directory") != std::string::npos);
  return {none, ""};
}

void look_for_next_kernel(const Host& host, const std::string& running, const std::vector<std::string>& releases, RestartState& state) {
  std::size_t asked = 0;
  for (const auto& release : releases) {
    if (release == running || arch_kernel_flavour(release) != arch_kernel_flavour(running) || ++asked > kMaxAsked) continue;
    const auto owner = owner_of_modules(host, release);
    if (owner.package.empty()) continue;  // what other programs left behind
    state.newer_kernel = Tristate::yes;
    state.waiting.push_back(owner.package + " " + release);
    if (const auto file = ask(host, StatFile{.path = kModules + release + "/pkgbase"})) note_since(state, file->changed);
  }
}

}  // namespace

std::string arch_kernel_flavour(std::string_view release) {
  release.remove_prefix(std::min(release.find_first_not_of("0123456789."), release.size()));
  std::string flavour;
  for (const char c : release)
    if ((c < '0' || c > '9') && c != '.') flavour += c;
  return flavour;
}

Fact<RestartState> collect_pacman_restart(const Host& host, const Fact<System>& system) {
  if (!system) return compliance::no_fact<RestartState>({system.absent, system.detail}, system.source, system.observed_at);
  const auto folder = ask(host, ListDirectory{.path = "/usr/lib/modules"});
  if (!folder && folder.error().kind != platform::ErrorKind::not_found) return unavailable<RestartState>(folder);
  RestartState state;
  const auto& running = state.running_kernel = system->kernel_release;
  std::vector<std::string> releases;
  if (folder)
    for (const auto& entry : folder->entries)
      if (is_kernel_release(entry.name)) releases.push_back(entry.name);
  const bool there = std::find(releases.begin(), releases.end(), running) != releases.end();
  const auto owner = there ? owner_of_modules(host, running) : Owner{true, ""};
  if (!owner.package.empty())
    state.newer_kernel = Tristate::no;  // one version of a package is installed at a time, and this one runs
  else if (owner.known && is_kernel_release(running))
    look_for_next_kernel(host, running, releases, state);
  return compliance::fact(std::move(state), "/usr/lib/modules, pacman -Qo", system.observed_at);
}

}  // namespace gokajo::collectors
