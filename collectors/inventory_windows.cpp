#include <algorithm>
#include <tuple>

#include "collectors/installed_software_windows.h"
#include "collectors/inventory.h"
#include "collectors/rows.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::Hardware, compliance::Inventory, compliance::SoftwareEntry, compliance::WindowsProfile;
using platform::AskApi, platform::ask, platform::ErrorKind, platform::Host;

namespace {

using Entries = std::vector<SoftwareEntry>;

Fact<Hardware> hardware(const Host& host) {
  const auto seen = ask(host, AskApi{.api = "hardware"});
  if (!seen) return unavailable<Hardware>(seen);
  if (seen->rows.size() != 1) return malformed<Hardware>("expected one row", seen);
  const auto& row = seen->rows.front();
  const auto vendor = text_in(row, "vendor"), model = text_in(row, "model"), processor = text_in(row, "processor");
  const auto memory = number_in(row, "memory_mib");
  for (const auto* text : {&vendor, &model, &processor})
    if (!*text) return malformed<Hardware>(text->error().detail, seen);
  if (!memory || !*memory) return malformed<Hardware>("expected memory_mib", seen);
  return observed(Hardware{vendor->value_or(""), model->value_or(""), processor->value_or(""), **memory}, seen);
}

Fact<Entries> software(const Host& host, const Fact<std::vector<WindowsProfile>>& people) {
  auto seen = installed_entries_windows(host, people);
  if (!seen) return unavailable<Entries>(seen);
  Entries entries;
  for (auto& entry : seen.result->entries)
    if (!entry.component) entries.push_back({std::move(entry.name), std::move(entry.version)});
  const auto key = [](const SoftwareEntry& entry) { return std::tie(entry.name, entry.version); };
  std::ranges::sort(entries, {}, key);
  const auto again = std::ranges::unique(entries, {}, key);  // a 32-bit Windows shows one list twice
  entries.erase(again.begin(), again.end());
  if (entries.size() > compliance::kMaxSoftware)
    return compliance::no_fact<Entries>({ErrorKind::too_large, "more than " + std::to_string(compliance::kMaxSoftware) + " entries"},
                                        seen.source, seen.observed_at);
  return observed(std::move(entries), seen);
}

}  // namespace

Inventory collect_inventory_windows(const Host& host, const Fact<std::vector<WindowsProfile>>& people) {
  Inventory inventory;
  inventory.hardware = hardware(host);
  inventory.windows = software(host, people);
  return inventory;
}

}  // namespace gokajo::collectors
