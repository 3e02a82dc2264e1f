#include <algorithm>
#include <iterator>

#include "collectors/installed_software.h"
#include "collectors/parse/lines.h"
#include "collectors/parse/rpm.h"
#include "collectors/seen.h"
#include "collectors/software.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::InstalledSoftware, compliance::SoftwareCopy, compliance::SoftwareKind, compliance::SoftwareOrigin;
using platform::ask, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile, platform::RunHelper;

namespace {

// `package` is the whole name, or its beginning and end around a version: "temurin-*-jdk".
struct Known {
  std::string_view package;
  std::string_view product;
  SoftwareKind kind;
  std::string_view name;
};

constexpr auto kOffice = SoftwareKind::office;
constexpr auto kBrowser = SoftwareKind::browser;
constexpr auto kRuntime = SoftwareKind::runtime;

constexpr Known kKnown[] = {
    {"google-chrome-stable", "google-chrome", kBrowser, "Google Chrome"},
    {"google-chrome", "google-chrome", kBrowser, "Google Chrome"},
    {"microsoft-edge-stable", "microsoft-edge", kBrowser, "Microsoft Edge"},
    {"firefox-esr", "firefox-esr", kBrowser, "Firefox ESR"},
    {"MozillaFirefox", "firefox-esr", kBrowser, "Firefox ESR"},  // of SUSE
    {"firefox", "firefox", kBrowser, "Firefox"},
    {"chromium", "chromium", kBrowser, "Chromium"},
    {"chromium-browser", "chromium", kBrowser, "Chromium"},
    {"libreoffice-core", "libreoffice", kOffice, "LibreOffice"},
    {"libreoffice", "libreoffice", kOffice, "LibreOffice"},
    {"libreoffice-fresh", "libreoffice", kOffice, "LibreOffice"},
    {"libreoffice-still", "libreoffice", kOffice, "LibreOffice"},
    {"libobasis*-core", "libreoffice", kOffice, "LibreOffice"},  // The Document Foundation's own packages
    {"dotnet-runtime-*", "dotnet", kRuntime, ".NET"},
    {"temurin-*-jdk", "eclipse-temurin", kRuntime, "Eclipse Temurin"},
    {"temurin-*-jre", "eclipse-temurin", kRuntime, "Eclipse Temurin"},
    {"msopenjdk-*", "microsoft-openjdk", kRuntime, "Microsoft Build of OpenJDK"},
    {"java-*-amazon-corretto-jdk", "amazon-corretto", kRuntime, "Amazon Corretto"},
    {"java-*-amazon-corretto-devel", "amazon-corretto", kRuntime, "Amazon Corretto"},
    {"jdk-*", "oracle-jdk", kRuntime, "Oracle JDK"},
    {"openjdk-*-jre-headless", "openjdk", kRuntime, "OpenJDK"},
    {"java-*-openjdk-headless", "openjdk", kRuntime, "OpenJDK"},
};

bool fits(std::string_view pattern, std::string_view name) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == name;
  const auto head = pattern.substr(0, star), tail = pattern.substr(star + 1);
  if (name.size() <= head.size() + tail.size() || !name.starts_with(head) || !name.ends_with(tail)) return false;
  const auto version = name.substr(head.size(), name.size() - head.size() - tail.size());
  return version.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool has_any(const std::string& text, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return text.find(word) != std::string::npos; });
}

// Distributions are looked for first: Debian's team for Firefox calls itself "Maintainers of Mozilla-related packages".
SoftwareOrigin origin_of(std::string_view maker) {
  const auto text = parse::lower(maker);
  if (has_any(text, {"debian.org", "ubuntu.com", "linuxmint", "fedora", "red hat", "almalinux", "rocky", "centos", "suse", "arch linux",
                     "oracle america linux"}))
    return SoftwareOrigin::distribution;
  if (has_any(text, {"mozilla", "google", "chromium.org", "microsoft", "document foundation", "adoptium", "amazon", "oracle"}))
    return SoftwareOrigin::vendor;
  return SoftwareOrigin::unknown;
}

struct StoreName {
  std::string_view id;
  std::string_view package;
};

constexpr StoreName kSnaps[] = {{"firefox", "firefox"}, {"chromium", "chromium"}, {"libreoffice", "libreoffice"}};
constexpr StoreName kFlatpaks[] = {{"org.mozilla.firefox", "firefox"},
                                   {"org.chromium.Chromium", "chromium"},
                                   {"org.libreoffice.LibreOffice", "libreoffice"},
                                   {"com.google.Chrome", "google-chrome"},
                                   {"com.microsoft.Edge", "microsoft-edge-stable"}};

template <std::size_t N>
std::optional<SoftwareCopy> store_copy(const StoreName (&names)[N], std::string_view id, std::string_view version) {
  for (const auto& name : names) {
    if (name.id != id) continue;
    auto copy = software_of_package(name.package, version, "");
    if (!copy) return std::nullopt;
    // The channel esr of the snap and flatpak is told by its version ("140.3.0esr-1").
    if (copy->product == "firefox" && version.find("esr") != std::string_view::npos)
      copy->product = "firefox-esr", copy->name = "Firefox ESR";
    copy->origin = SoftwareOrigin::store;
    copy->found_as = std::string(id);
    return copy;
  }
  return std::nullopt;
}

// `snap refresh --time --abs-time`: "last: 2026-11-22T10:16:00Z"; a line "hold:" says that a person holds refreshes back.
std::optional<platform::Time> snaps_refreshed(const Host& host) {
  const auto seen = ask(host, RunHelper{.helper = "snap", .arguments = {"refresh", "--time", "--abs-time"}});
  if (!seen || seen->exit_code != 0) return std::nullopt;
  std::optional<platform::Time> last;
  for (const auto line : parse::lines(seen->out.data)) {
    if (line.starts_with("hold:")) return std::nullopt;
    if (line.starts_with("last:") && line.size() >= 16) last = platform::parse_time(parse::trimmed(line.substr(5)).substr(0, 10));
  }
  return last;
}

void add_snaps(const Host& host, InstalledSoftware& software) {
  std::vector<std::pair<SoftwareCopy, bool>> copies;
  const auto seen = for_each_snap(host, [&](std::string_view name, std::string_view version, bool held) {
    if (auto copy = store_copy(kSnaps, name, version)) copies.emplace_back(std::move(*copy), held);
  });
  if (!seen && seen.error().kind == ErrorKind::not_found) return;
  if (!seen) {
    // The program alone, without its daemon, has nothing installed.
    const auto socket = ask(host, platform::StatFile{.path = "/run/snapd.socket"});
    if (socket || socket.error().kind != ErrorKind::not_found) software.silent.emplace_back("snap");
    return;
  }
  const auto refreshed = snaps_refreshed(host);
  for (auto& [copy, held] : copies) {
    if (!held) copy.brought_up = refreshed;
    software.copies.push_back(std::move(copy));
  }
}

void add_flatpaks(const Host& host, InstalledSoftware& software) {
  std::vector<SoftwareCopy> copies;
  const auto seen = for_each_flatpak(host, [&](std::string_view id, std::string_view version) {
    if (auto copy = store_copy(kFlatpaks, id, version)) copies.push_back(std::move(*copy));
  });
  if (!seen && seen.error().kind != ErrorKind::not_found) software.silent.emplace_back("flatpak");
  if (seen) std::move(copies.begin(), copies.end(), std::back_inserter(software.copies));
}

// Firefox as a tarball: [App] Name, Version, and the repository it was built from, which names the ESR.
void add_tarballs(const Host& host, InstalledSoftware& software) {
  for (const std::string folder : {"/opt", "/usr/local", "/usr/local/lib"}) {
    const auto listing = ask(host, ListDirectory{.path = folder});
    if (!listing) continue;
    for (const auto& entry : listing->entries) {
      if (entry.status.type != platform::FileType::directory) continue;
      const std::string path = folder + "/" + entry.name + "/application.ini";
      const auto file = ask(host, ReadFile{.path = path});
      if (!file) continue;
      for (auto& section : parse::sections(file->bytes.data)) {
        if (section.id != "App" || section.values["name"] != "Firefox") continue;
        const bool esr = section.values["sourcerepository"].find("esr") != std::string::npos;
        if (auto copy = software_of_package(esr ? "firefox-esr" : "firefox", section.values["version"], "mozilla")) {
          copy->found_as = path;
          software.copies.push_back(std::move(*copy));
        }
      }
    }
  }
}

}  // namespace

std::string vendor_version(std::string_view version) {
  if (const auto colon = version.find(':'); colon != std::string_view::npos) version.remove_prefix(colon + 1);
  return std::string(version.substr(0, version.find_first_of("-~+")));
}

std::optional<SoftwareCopy> software_of_package(std::string_view name, std::string_view version, std::string_view maker) {
  // Ubuntu's "1:1snap1-0ubuntu5" holds no program: it brings the snap.
  if (version.find("snap") != std::string_view::npos) return std::nullopt;
  for (const auto& known : kKnown) {
    if (!fits(known.package, name)) continue;
    return SoftwareCopy{std::string(known.product), known.kind,  std::string(known.name), vendor_version(version), origin_of(maker),
                        std::string(name),          std::nullopt};
  }
  return std::nullopt;
}

Fact<InstalledSoftware> collect_software_linux(const Host& host, const compliance::Device& device) {
  InstalledSoftware software;
  const auto listed =
      for_each_package(host, package_database_of(device), [&](std::string_view name, std::string_view version, std::string_view maker) {
        ++software.looked_through;
        if (auto copy = software_of_package(name, version, maker)) software.copies.push_back(std::move(*copy));
      });
  if (!listed) return compliance::no_fact<InstalledSoftware>(listed.error(), "installed packages", device.os.observed_at);
  add_snaps(host, software);
  add_flatpaks(host, software);
  add_tarballs(host, software);
  return compliance::fact(std::move(software), "installed packages", device.os.observed_at);
}

}  // namespace gokajo::collectors
