#include "collectors/installed_software.h"

#include "collectors/package_manager.h"
#include "collectors/parse/lines.h"
#include "collectors/parse/pacman.h"
#include "collectors/rpm_packages.h"

namespace gokajo::collectors {

using compliance::PackageManager;
using platform::ask, platform::Done, platform::Error, platform::ErrorKind, platform::HelperOutput, platform::Host, platform::RunHelper,
    platform::Seen;

namespace {

RunHelper dpkg_question() {
  return {.helper = "dpkg-query",
          .arguments = {"-W", "-f", R"(${Package}\t${Version}\t${db:Status-Status}\t${Maintainer}\n)"},
          .unchanged_while = {"/var/lib/dpkg/status"}};
}

template <class Answer>
Seen<Done> said(platform::Result<Done> result, const Seen<Answer>& seen) {
  return {std::move(result), seen.source, seen.observed_at};
}

Error ended(const char* helper, std::int64_t code) {
  return {ErrorKind::failed, std::string(helper) + " ended with " + std::to_string(code)};
}

// dpkg-query(1): db:Status-Status "installed" is what is there; removed packages keep their configuration.
Seen<Done> for_each_dpkg(const Host& host, const TakePackage& take) {
  const auto seen = ask(host, dpkg_question());
  if (!seen) return said(seen.error(), seen);
  if (seen->exit_code != 0) return said(ended("dpkg-query", seen->exit_code), seen);
  for (const auto line : parse::lines(seen->out.data)) {
    const auto part = parse::fields(line, '\t');
    if (part.size() != 4) return said(Error{ErrorKind::malformed, "expected four columns"}, seen);
    if (part[2] == "installed") take(part[0], part[1], part[3]);
  }
  return said(Done{}, seen);
}

Seen<Done> for_each_rpm(const Host& host, const TakePackage& take) {
  const auto seen = installed_rpm_packages(host);
  if (!seen) return said(seen.error(), seen);
  for (const auto& package : *seen) take(package.name, package.evr, package.vendor);
  return said(Done{}, seen);
}

// pacman -Qn: packages the databases have, which are the distribution's; -Qm: what came from elsewhere.
Seen<Done> for_each_pacman(const Host& host, const TakePackage& take) {
  Seen<Done> told{Done{}, "", {}};
  for (const auto& [option, maker] : {std::pair{"-Qn", "arch linux"}, std::pair{"-Qm", ""}}) {
    const auto seen = ask(host, RunHelper{.helper = "pacman", .arguments = {option}});
    if (!seen) return said(seen.error(), seen);
    const bool none = seen->exit_code == 1 && seen->out.data.empty() && seen->err.data.empty();
    if (seen->exit_code != 0 && !none) return said(ended("pacman", seen->exit_code), seen);
    const auto listing = parse::pacman_packages(seen->out.data);
    if (!listing) return said(Error{ErrorKind::malformed, "expected name and version"}, seen);
    for (const auto& package : *listing) take(package.name, package.version, maker);
    told.source += (told.source.empty() ? "" : ", ") + seen.source;
    told.observed_at = seen.observed_at;
  }
  return told;
}

}  // namespace

PackageDatabase package_database_of(const compliance::Device& device) {
  switch (package_manager_of(device)) {
    case PackageManager::dnf:
    case PackageManager::rpm_ostree:
    case PackageManager::zypper:
      return PackageDatabase::rpm;
    case PackageManager::pacman:
      return PackageDatabase::pacman;
    case PackageManager::apt:
    case PackageManager::windows_update:
    case PackageManager::none:
      break;
  }
  return PackageDatabase::dpkg;
}

Seen<Done> for_each_package(const Host& host, PackageDatabase database, const TakePackage& take) {
  if (database == PackageDatabase::rpm) return for_each_rpm(host, take);
  return database == PackageDatabase::pacman ? for_each_pacman(host, take) : for_each_dpkg(host, take);
}

Seen<Done> for_each_snap(const Host& host, const TakeSnap& take) {
  const auto seen = ask(host, RunHelper{.helper = "snap", .arguments = {"list", "--color=never", "--unicode=never"}});
  if (!seen) return said(seen.error(), seen);
  if (seen->exit_code != 0) return said(ended("snap", seen->exit_code), seen);
  const auto listing = parse::lines(seen->out.data);  // nothing is printed where there is no snap
  if (!listing.empty() && !listing[0].starts_with("Name ")) return said(Error{ErrorKind::malformed, "expected a head of columns"}, seen);
  for (std::size_t i = 1; i < listing.size(); ++i) {
    const auto word = parse::words(listing[i]);
    if (word.size() < 2) return said(Error{ErrorKind::malformed, "expected name and version"}, seen);
    take(word[0], word[1], word.back().find("held") != std::string::npos);
  }
  return said(Done{}, seen);
}

Seen<Done> for_each_flatpak(const Host& host, const TakeFlatpak& take) {
  const auto seen = ask(host, RunHelper{.helper = "flatpak", .arguments = {"list", "--system", "--app", "--columns=application,version"}});
  if (!seen) return said(seen.error(), seen);
  if (seen->exit_code != 0) return said(ended("flatpak", seen->exit_code), seen);
  for (const auto line : parse::lines(seen->out.data)) {
    const auto part = parse::fields(line, '\t');
    // An application without a version in its metadata has an empty second column.
    if (!parse::trimmed(part[0]).empty()) take(parse::trimmed(part[0]), part.size() > 1 ? parse::trimmed(part[1]) : "");
  }
  return said(Done{}, seen);
}

bool lists_installed_software(const platform::Question& question) {
  const auto* run = std::get_if<RunHelper>(&question);
  if (!run) return false;
  if (run->helper == "rpm") return run->arguments == std::vector<std::string>{"-qa", "--qf", parse::kRpmFormat};
  return run->helper == "dpkg-query" && run->arguments == dpkg_question().arguments;
}

}  // namespace gokajo::collectors
