#include "hub/device_change.h"

#include <algorithm>
#include <functional>

#include "hub/device_view.h"
#include "hub/judging.h"
#include "protocol/enrolment.h"
#include "protocol/report.h"

namespace gokajo::hub {

using platform::Result, platform::Status;

namespace {

// The device as it is now, and what became of it in the log of changes.
Result<DeviceChange> put(Store& store, const Device& device, const Change& logged) {
  if (auto status = store.put_device(device); !status) return status.error();
  if (!logged.after.empty())
    if (auto status = store.add_change(logged); !status) return status.error();
  return DeviceChange::done;
}

Change change_of(const Device& device, Time now, const char* before, const char* after) {
  return {device.tenant, now, device.id, "device", device.id, before, after, {}};
}

// What the hub knew of the old one, for the new one; the earlier of both.
Status inherit_memory(Store& store, const Device& from, const Device& to) {
  const auto read = [&](const Device& device) -> Result<compliance::Memory> {
    const auto text = store.memory(device.tenant, device.id);
    if (!text) return text.error().kind == platform::ErrorKind::not_found ? Result<compliance::Memory>(compliance::Memory{}) : text.error();
    const auto json = platform::parse_json(*text, protocol::kMaxReportBytes);
    return json ? compliance::read_memory(*json) : Result<compliance::Memory>(json.error());
  };
  const auto old = read(from);
  if (!old) return old.error();
  auto own = read(to);
  if (!own) return own.error();
  return store.put_memory(to.tenant, to.id, compliance::write_memory(merged_memory(std::move(*own), *old)).dump());
}

// A group that a person gave the new one stays.
Status inherit_group(Store& store, const Device& from, const Device& to) {
  const auto group = store.group(from.tenant, from.id);
  const auto own = store.group(to.tenant, to.id);
  if (!group || !own) return group ? own.error() : group.error();
  return group->empty() || !own->empty() ? Status(platform::Done{}) : store.set_group(to.tenant, to.id, *group);
}

// What was planned for the old one is to be done on the new one, unless that is well already. A plan of its own stays.
Status inherit_plans(Store& store, const Device& from, const Device& to) {
  const auto plans = store.plans(from.tenant, from.id);
  if (!plans) return plans.error();
  const auto own = store.plans(to.tenant, to.id);
  if (!own) return own.error();
  const auto findings = store.findings(to.tenant, to.id);
  if (!findings) return findings.error();
  for (auto plan : *plans) {
    const bool planned = std::any_of(own->begin(), own->end(), [&](const Plan& one) { return one.check == plan.check; });
    const bool well = std::any_of(findings->begin(), findings->end(), [&](const KeptFinding& one) {
      return one.check == plan.check && (one.verdict == compliance::Verdict::pass || one.verdict == compliance::Verdict::not_applicable);
    });
    if (auto gone = store.remove_plan(from.tenant, from.id, plan.check); !gone) return gone;
    plan.device = to.id;
    if (!planned && !well)
      if (auto put = store.put_plan(to.tenant, plan); !put) return put;
  }
  return platform::Done{};
}

}  // namespace

bool is_label(const std::string& label) {
  const auto characters =
      std::count_if(label.begin(), label.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
  const bool control = std::any_of(label.begin(), label.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  return characters >= 1 && characters <= static_cast<std::ptrdiff_t>(protocol::kMaxLabel) && !control;
}

std::optional<Day> day_of_rest(const std::string& text, Day today) {
  const auto time = text.size() == 10 ? platform::parse_time(text) : std::nullopt;
  if (!time) return std::nullopt;
  const auto day = std::chrono::floor<platform::Days>(*time);
  if (day < today || day > today + kLongestRest) return std::nullopt;
  return day;
}

Result<DeviceChange> approve_device(Store& store, Device device, Time now) {
  if (device.standing == Standing::removed) return DeviceChange::removed;
  device.standing = Standing::approved;
  return put(store, device, change_of(device, now, "waiting", "approved"));
}

Result<DeviceChange> remove_device(Store& store, Device device, Time now) {
  device.standing = Standing::removed;
  return put(store, device, change_of(device, now, "", "removed"));
}

Result<DeviceChange> rename_device(Store& store, Device device, const std::string& label) {
  if (!is_label(label)) return DeviceChange::bad_label;
  device.label = label;
  return put(store, device, {});
}

Result<DeviceChange> rest_device(Store& store, const Calendar& calendar, Device device, const std::string& until, Time now) {
  std::optional<Day> last;
  if (!until.empty()) {
    last = day_of_rest(until, platform::local_day(now, calendar.offset_minutes));
    if (!last) return DeviceChange::bad_day;
    if (device.standing != Standing::approved) return DeviceChange::not_counted;
  }
  const bool rested = device.resting_until.has_value();
  device.resting_since = last ? std::optional(now) : std::nullopt;
  device.resting_until = last ? std::optional(end_of_rest(*last, calendar)) : std::nullopt;
  return put(store, device, change_of(device, now, rested ? "resting" : "", last ? "resting" : "used"));
}

Result<DeviceChange> scan_device(Store& store, Device device, Time now) {
  device.scan_wanted = now;
  return put(store, device, change_of(device, now, "", kScanWanted));
}

Result<DeviceChange> replace_device(Store& store, Device old, Device successor, Time now) {
  if (old.id == successor.id) return DeviceChange::same;
  if (successor.standing == Standing::removed) return DeviceChange::removed;
  successor.label = old.label;
  successor.standing = Standing::approved;
  old.standing = Standing::removed;
  for (const auto& step : {std::function([&] { return store.put_device(old); }), std::function([&] { return store.put_device(successor); }),
                           std::function([&] { return inherit_memory(store, old, successor); }),
                           std::function([&] { return store.inherit_findings(old.tenant, old.id, successor.id); }),
                           std::function([&] { return inherit_group(store, old, successor); }),
                           std::function([&] { return inherit_plans(store, old, successor); }),
                           std::function([&] { return store.add_change(change_of(old, now, "", "replaced")); }),
                           std::function([&] { return store.add_change(change_of(successor, now, "", "replaces")); })})
    if (auto status = step(); !status) return status.error();
  return DeviceChange::done;
}

}  // namespace gokajo::hub
