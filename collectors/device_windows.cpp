#include <charconv>

#include "collectors/device.h"
#include "collectors/rows.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Device, compliance::Fact, compliance::PoweredOn, compliance::WindowsKind, compliance::WindowsRelease;
using platform::AskApi, platform::ask, platform::Host, platform::ReadRegistry;

namespace {

constexpr const char* kVersionKey = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
constexpr std::int64_t kUefi = 2;  // FIRMWARE_TYPE

std::optional<WindowsKind> kind_of(std::int64_t product_type) {
  // wProductType of OSVERSIONINFOEXW.
  if (product_type == 1) return WindowsKind::workstation;
  if (product_type == 2) return WindowsKind::domain_controller;
  if (product_type == 3) return WindowsKind::server;
  return std::nullopt;
}

// InstallationType, where the call that tells product types did not answer.
std::optional<WindowsKind> kind_named(const std::string& installation) {
  if (installation == "Client") return WindowsKind::workstation;
  if (installation == "Server" || installation == "Server Core") return WindowsKind::server;
  return std::nullopt;
}

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size() && number > 0 ? std::optional(number) : std::nullopt;
}

// What the registry says of it. `kind` and `build` are the call's to tell.
Fact<WindowsRelease> noted_release(const Host& host, std::optional<WindowsKind>& kind, std::optional<std::int64_t>& build) {
  const auto version =
      values_of(host, ReadRegistry{kVersionKey, {"EditionID", "UBR", "DisplayVersion", "InstallationType", "CurrentBuild"}});
  if (!version) return unavailable<WindowsRelease>(version);
  const auto edition = text_in(*version, "EditionID"), display = text_in(*version, "DisplayVersion"),
             installation = text_in(*version, "InstallationType"), number = text_in(*version, "CurrentBuild");
  const auto level = number_in(*version, "UBR");
  for (const auto* text : {&edition, &display, &installation, &number})
    if (!*text) return malformed<WindowsRelease>(text->error().detail, version);
  if (!level) return malformed<WindowsRelease>(level.error().detail, version);
  WindowsRelease found;
  found.edition = edition->value_or("");
  found.display_version = display->value_or("");
  found.core = *installation == "Server Core";
  found.level = *level;
  kind = kind_named(installation->value_or(""));
  build = whole_number(number->value_or(""));
  return observed(std::move(found), version);
}

Fact<WindowsRelease> release(const Host& host) {
  std::optional<WindowsKind> noted_kind;
  std::optional<std::int64_t> noted_build;
  auto found = noted_release(host, noted_kind, noted_build);
  if (!found) return found;
  const auto product = ask(host, AskApi{.api = "product"});
  if (!product) {
    if (!noted_kind || !noted_build) return unavailable<WindowsRelease>(product);
    found->kind = *noted_kind;
    found->build = *noted_build;
    return found;
  }
  if (product->rows.size() != 1) return malformed<WindowsRelease>("expected one row", product);
  const auto& row = product->rows.front();
  const auto type = number_in(row, "product_type"), build = number_in(row, "build");
  const auto kind = type && *type ? kind_of(**type) : std::nullopt;
  if (!kind || !build || !*build) return malformed<WindowsRelease>("no product type or build", product);
  found->kind = *kind;
  found->build = **build;
  if (const auto firmware = number_in(row, "firmware"); firmware && *firmware) found->uefi = **firmware == kUefi;
  return found;
}

}  // namespace

Device collect_device_windows(const Host& host) {
  Device device;
  device.system = collect_system(host);
  device.windows = release(host);
  return device;
}

Fact<PoweredOn> collect_powered_on_windows(const Host& host) {
  const auto days = ask(host, AskApi{.api = "days_on"});
  if (!days) return unavailable<PoweredOn>(days);
  PoweredOn found;
  for (const auto& row : days->rows) {
    const auto text = text_in(row, "day");
    const auto day = text && *text ? platform::parse_time(**text) : std::nullopt;
    const auto on = truth_in(row, "on"), unsure = truth_in(row, "unsure");
    if (!day || !on || !*on || !unsure || !*unsure) return malformed<PoweredOn>("expected day, on and unsure", days);
    if (found.first_day == platform::Time{}) found.first_day = *day;
    if (**unsure)
      found.unsure.push_back(*day);
    else if (**on)
      found.days.push_back(*day);
  }
  if (days->rows.empty()) return malformed<PoweredOn>("no day at all", days);
  return observed(std::move(found), days);
}

}  // namespace gokajo::collectors
