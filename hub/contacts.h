/// \file
/// Which PCs of a company are silent or at rest, found with a few questions however many PCs there are: the same answer that contact_of()
/// (hub/silence.h) gives for each of them alone.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/overview.h"
#include "hub/silence.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Of a company's approved PCs. `quiet`: all that are not simply heard; `devices`: the same without those that are marked as silent in the
/// store, by name.
struct Contacts {
  Silence silence;
  std::map<std::string, Contact> quiet;
  std::vector<Device> devices;
  Contact of(const std::string& device) const {
    const auto found = quiet.find(device);
    return found == quiet.end() ? Contact::heard : found->second;
  }
  /// Of those that stand in `devices`: what the store counts with the others.
  std::vector<std::string> unmarked_ids() const;
  /// Of these, those that count for nothing but silence or rest.
  std::vector<std::string> unmarked_not_counted() const;
};

/// All that are silent, put down as that or not, by name.
std::vector<NamedDevice> silent_by_name(const Silence& silence);

/// The latest last contact with which a PC without a habit of its own is silent at `now`.
Time unheard_before(Time now, const Calendar& calendar);

/// Errors: those of the store.
platform::Result<Contacts> contacts_of(Store& store, const Calendar& calendar, const std::string& tenant, Time now);

}  // namespace gokajo::hub
