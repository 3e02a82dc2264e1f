#include "collectors/inventory.h"
#include "collectors/parse/lines.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::Hardware, compliance::Inventory;
using platform::ask, platform::ErrorKind, platform::Host, platform::ReadFile;

namespace {

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

}  // namespace

Inventory collect_inventory_linux(const Host& host, const compliance::Device&) {
  Inventory inventory;
  inventory.hardware = hardware(host);
  return inventory;
}

}  // namespace gokajo::collectors
