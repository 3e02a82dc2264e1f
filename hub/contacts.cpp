#include "hub/contacts.h"

#include <algorithm>

namespace gokajo::hub {

std::vector<std::string> Contacts::not_counted() const {
  std::vector<std::string> ids;
  for (const auto& [id, contact] : quiet)
    if (contact == Contact::silent || contact == Contact::resting) ids.push_back(id);
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
  Contacts contacts{{unheard_before(now, calendar), now, {}}, {}};
  const auto devices = store.quiet_devices(tenant, contacts.silence.unheard_before, now);
  if (!devices) return devices.error();
  for (const auto& device : *devices) {
    const auto contact = contact_of(store, calendar, device, now);
    if (!contact) return contact.error();
    if (*contact != Contact::heard)
      contacts.quiet.emplace(device.id, *contact);
    else
      contacts.silence.heard.push_back(device.id);
  }
  return contacts;
}

}  // namespace gokajo::hub
