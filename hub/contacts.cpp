#include "hub/contacts.h"

#include <algorithm>
#include <tuple>

namespace gokajo::hub {

std::vector<std::string> Contacts::unmarked_ids() const {
  std::vector<std::string> ids;
  for (const auto& device : devices) ids.push_back(device.id);
  return ids;
}

std::vector<std::string> Contacts::unmarked_not_counted() const {
  std::vector<std::string> ids;
  for (const auto& device : devices)
    if (of(device.id) != Contact::resting_heard) ids.push_back(device.id);
  return ids;
}

std::vector<NamedDevice> silent_by_name(const Silence& silence) {
  auto all = silence.marked;
  all.insert(all.end(), silence.silent.begin(), silence.silent.end());
  std::sort(all.begin(), all.end(),
            [](const NamedDevice& a, const NamedDevice& b) { return std::tie(a.label, a.device) < std::tie(b.label, b.device); });
  return all;
}

Time unheard_before(Time now, const Calendar& calendar) {
  // The day only counts backwards: what is silent on one day is so on every day before.
  const auto end_of = [&](Day day) {
    return Time{day + platform::Days{1}} - std::chrono::minutes{calendar.offset_minutes} - std::chrono::seconds{1};
  };
  const auto today = platform::local_day(now, calendar.offset_minutes);
  for (int back = kSilentDays; back <= 400; ++back) {
    const auto last = std::min(now - platform::Days{kSilentDays}, end_of(today - platform::Days{back}));
    if (is_silent(last, now, calendar)) return last;
  }
  return Time{};
}

platform::Result<Contacts> contacts_of(Store& store, const Calendar& calendar, const std::string& tenant, Time now) {
  auto devices = store.quiet_devices(tenant, unheard_before(now, calendar), now);
  if (!devices) return devices.error();
  auto marked = store.marked_silent(tenant);
  if (!marked) return marked.error();
  Contacts contacts;
  auto& silence = contacts.silence;
  silence.marked = std::move(*marked);
  for (const auto& one : silence.marked) contacts.quiet.emplace(one.device, Contact::silent);
  for (auto& device : *devices) {
    const auto contact = contact_of(store, calendar, device, now);
    if (!contact) return contact.error();
    if (*contact == Contact::heard) continue;
    if (*contact == Contact::silent)
      silence.silent.push_back({device.id, device.shown_name()});
    else
      silence.resting.push_back(device.id);
    if (*contact == Contact::resting_heard) silence.in_use.push_back(device.id);
    contacts.quiet.emplace(device.id, *contact);
    contacts.devices.push_back(std::move(device));
  }
  return contacts;
}

}  // namespace gokajo::hub
