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

Fact<WindowsRelease> release(const Host& host) {
  const auto product = ask(host, AskApi{.api = "product"});
  if (!product) return unavailable<WindowsRelease>(product);
  if (product->rows.size() != 1) return malformed<WindowsRelease>("expected one row", product);
  const auto& row = product->rows.front();
  const auto type = number_in(row, "product_type"), build = number_in(row, "build");
  const auto kind = type && *type ? kind_of(**type) : std::nullopt;
  if (!kind || !build || !*build) return malformed<WindowsRelease>("no product type or build", product);
  WindowsRelease found;
  found.kind = *kind;
  found.build = **build;
  if (const auto firmware = number_in(row, "firmware"); firmware && *firmware) found.uefi = **firmware == kUefi;

  const auto version = values_of(host, ReadRegistry{kVersionKey, {"EditionID", "UBR", "DisplayVersion", "InstallationType"}});
  if (!version) return unavailable<WindowsRelease>(version);
  const auto edition = text_in(*version, "EditionID"), display = text_in(*version, "DisplayVersion"),
             installation = text_in(*version, "InstallationType");
  const auto level = number_in(*version, "UBR");
  for (const auto* text : {&edition, &display, &installation})
    if (!*text) return malformed<WindowsRelease>(text->error().detail, version);
  if (!level) return malformed<WindowsRelease>(level.error().detail, version);
  found.edition = edition->value_or("");
  found.display_version = display->value_or("");
  found.core = *installation == "Server Core";
  found.level = *level;
  return observed(std::move(found), version);
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
