#include "hub/mail/weekly_named.h"

#include <algorithm>

namespace gokajo::hub {

using platform::Done, platform::Status;

Status put_silent(const WeeklySource& source, Weekly& week) {
  auto all = silent_by_name(source.contacts.silence);
  week.more_silent = static_cast<int>(all.size());
  if (all.size() > source.input.names_up_to) all.resize(source.input.names_up_to);
  if (all.empty()) return Done{};
  DeviceFilter named;
  named.standing = Standing::approved;
  named.only.emplace();
  for (const auto& one : all) named.only->push_back(one.device);
  const auto devices = source.store.page_devices(source.input.tenant, named, DeviceOrder::name, 0, static_cast<std::int64_t>(all.size()));
  if (!devices) return devices.error();
  for (const auto& [device, group] : *devices)
    week.silent.push_back({device.shown_name(), device.last_receipt.value_or(device.enrolled), std::nullopt, device.id});
  week.more_silent -= static_cast<int>(week.silent.size());
  return Done{};
}

// But one that is in use all the same and has something to be done.
Status put_resting(const WeeklySource& source, Weekly& week) {
  for (const auto& device : source.contacts.devices)
    if (source.contacts.of(device.id) != Contact::silent && !source.in_use.failing.contains(device.id))
      week.resting.push_back({device.shown_name(), *device.resting_until - std::chrono::seconds{1}, device.id});
  return Done{};
}

Status put_catching_up(const WeeklySource& source, Weekly& week) {
  if (week.more_catching_up == 0) return Done{};
  const auto named = source.store.catching_up(source.input.tenant, source.unmarked, true, source.names_limit());
  if (!named) return named.error();
  for (const auto& one : *named) {
    week.catching_up.push_back(one.label);
    week.catching_up_devices.push_back(one.device);
  }
  week.more_catching_up = std::max(week.more_catching_up - static_cast<int>(named->size()), 0);
  return Done{};
}

}  // namespace gokajo::hub
