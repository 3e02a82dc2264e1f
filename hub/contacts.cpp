#include "hub/contacts.h"

#include <algorithm>

namespace gokajo::hub {

std::vector<std::string> Contacts::not_counted() const {
  std::vector<std::string> ids;
  for (const auto& [id, contact] : quiet)
    if (contact == Contact::silent || contact == Contact::resting) ids.push_back(id);
  return ids;
}

std::vector<std::string> Contacts::quiet_ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, contact] : quiet) ids.push_back(id);
  return ids;
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
  Contacts contacts;
  auto& silence = contacts.silence;
  for (auto& device : *devices) {
    const auto contact = contact_of(store, calendar, device, now);
    if (!contact) return contact.error();
    if (*contact == Contact::heard) continue;
    (*contact == Contact::silent ? silence.silent : silence.resting).push_back(device.id);
    if (*contact == Contact::resting_heard) silence.in_use.push_back(device.id);
    contacts.quiet.emplace(device.id, *contact);
    contacts.devices.push_back(std::move(device));
  }
  return contacts;
}

}  // namespace gokajo::hub
