/// \file
/// What people do to a PC: approve, name, rest, remove, let another take its place. For pages and `gokajo-hub device` alike. Inside a
/// transaction of the store. Errors are the store's; what a person got wrong is a DeviceChange.
#pragma once

#include <optional>
#include <string>

#include "hub/silence.h"
#include "hub/store.h"

namespace gokajo::hub {

/// removed: it must enrol again with a new code. not_counted: it waits or was removed, so it cannot rest. same: one and the same PC.
enum class DeviceChange { done, removed, not_counted, same, bad_label, bad_day };

/// A name of 1 to protocol::kMaxLabel characters, none of them a control character.
bool is_label(const std::string& label);

/// The last day of a rest: "2026-12-31", today or later, at most kLongestRest from now.
std::optional<Day> day_of_rest(const std::string& text, Day today);

/// It counts from now on.
platform::Result<DeviceChange> approve_device(Store& store, Device device, Time now);
/// Its results are refused from now on.
platform::Result<DeviceChange> remove_device(Store& store, Device device, Time now);
platform::Result<DeviceChange> rename_device(Store& store, Device device, const std::string& label);
/// 休ませる up to the end of that day; empty: its rest is over.
platform::Result<DeviceChange> rest_device(Store& store, const Calendar& calendar, Device device, const std::string& until, Time now);
/// It will be asked to scan when it is heard of next.
platform::Result<DeviceChange> scan_device(Store& store, Device device, Time now);
/// A PC that was installed anew has another key, so it is another device: it goes on as the one it was, under its name.
platform::Result<DeviceChange> replace_device(Store& store, Device old, Device successor, Time now);

}  // namespace gokajo::hub
