#include <algorithm>
#include <tuple>

#include "collectors/installed_software.h"
#include "collectors/inventory.h"
#include "collectors/parse/lines.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::Hardware, compliance::Inventory, compliance::SoftwareEntry;
using platform::ask, platform::ErrorKind, platform::Host, platform::ReadFile;

namespace {

using Entries = std::vector<SoftwareEntry>;
using Software = Fact<Entries>;

// The value of the first line "name : value".
std::string value_of(std::string_view text, std::string_view name) {
  for (const auto line : parse::lines(text)) {
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && parse::trimmed(line.substr(0, colon)) == name)
      return std::string(parse::trimmed(line.substr(colon + 1)));
  }
  return {};
}

// A name out of the firmware; makers leave "To Be Filled By O.E.M." where they had none.
platform::Result<std::string> firmware_name(const Host& host, const char* path) {
  const auto seen = ask(host, ReadFile{.path = path});
  if (!seen && seen.error().kind != ErrorKind::not_found) return seen.error();
  const std::string name =
      seen ? std::string(parse::trimmed(parse::lines(seen->bytes.data).empty() ? "" : parse::lines(seen->bytes.data)[0])) : "";
  return parse::lower(name).find("to be filled") == std::string::npos ? name : "";
}

Fact<Hardware> hardware(const Host& host) {
  const auto memory = ask(host, ReadFile{.path = "/proc/meminfo"});
  if (!memory) return unavailable<Hardware>(memory);
  const auto processors = ask(host, ReadFile{.path = "/proc/cpuinfo"});
  if (!processors) return unavailable<Hardware>(processors);
  const auto vendor = firmware_name(host, "/sys/class/dmi/id/sys_vendor"), model = firmware_name(host, "/sys/class/dmi/id/product_name");
  for (const auto& name : {vendor, model})
    if (!name) return compliance::no_fact<Hardware>(name.error(), "/sys/class/dmi/id", memory.observed_at);
  const auto size = parse::words(value_of(memory->bytes.data, "MemTotal"));  // "16318416 kB"
  const auto kib = size.size() == 2 && size[1] == "kB" ? parse::number(size[0]) : std::nullopt;
  if (!kib) return malformed<Hardware>("no MemTotal", memory);
  return observed(Hardware{*vendor, *model, value_of(processors->bytes.data, "model name"), *kib / 1024}, memory);
}

// What is installed for everybody, collected one by one.
class Listing {
 public:
  void add(std::string_view name, std::string_view version) {
    if (entries_.size() < kMost)
      entries_.push_back({std::string(name), std::string(version)});
    else
      too_many_ = true;
  }
  Software fact(const platform::Seen<platform::Done>& seen) {
    if (!seen) return unavailable<Entries>(seen);
    const auto key = [](const SoftwareEntry& entry) { return std::tie(entry.name, entry.version); };
    std::ranges::sort(entries_, {}, key);
    // One package of several architectures stands there once.
    const auto again = std::ranges::unique(entries_, {}, key);
    entries_.erase(again.begin(), again.end());
    if (too_many_ || entries_.size() > compliance::kMaxSoftware)
      return compliance::no_fact<Entries>(
          {platform::ErrorKind::too_large, "more than " + std::to_string(compliance::kMaxSoftware) + " entries"}, seen.source,
          seen.observed_at);
    return observed(std::move(entries_), seen);
  }

 private:
  static constexpr std::size_t kMost = 2 * compliance::kMaxSoftware;  // before entries that stand there twice are gone
  Entries entries_;
  bool too_many_ = false;
};

Software packages(const Host& host, PackageDatabase database) {
  Listing listing;
  return listing.fact(for_each_package(
      host, database, [&](std::string_view name, std::string_view version, std::string_view) { listing.add(name, version); }));
}

Software snaps(const Host& host) {
  Listing listing;
  return listing.fact(for_each_snap(host, [&](std::string_view name, std::string_view version, bool) { listing.add(name, version); }));
}

Software flatpaks(const Host& host) {
  Listing listing;
  return listing.fact(for_each_flatpak(host, [&](std::string_view id, std::string_view version) { listing.add(id, version); }));
}

}  // namespace

Inventory collect_inventory_linux(const Host& host, const compliance::Device& device) {
  Inventory inventory;
  inventory.hardware = hardware(host);
  const auto database = package_database_of(device);
  auto& own = database == PackageDatabase::rpm ? inventory.rpm : database == PackageDatabase::pacman ? inventory.pacman : inventory.apt;
  own = packages(host, database);
  inventory.snap = snaps(host);
  inventory.flatpak = flatpaks(host);
  return inventory;
}

}  // namespace gokajo::collectors
