/// \file
/// What each part of a weekly mail is read from: the store, and what all of them go by. For hub/mail/weekly_*.cpp alone.
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "compliance/pack.h"
#include "hub/contacts.h"
#include "hub/mail/in_use.h"
#include "hub/mail/weekly_from_store.h"

namespace gokajo::hub {

/// `unmarked`: PCs that are silent or at rest and that the store counts with the others.
struct WeeklySource {
  Store& store;
  const WeeklyInput& input;
  Company company;
  compliance::Pack pack;
  Calendar calendar;
  Contacts contacts;
  std::vector<std::string> unmarked;
  InUse in_use;

  std::int64_t names_limit() const {
    return static_cast<std::int64_t>(std::min<std::size_t>(input.names_up_to, std::numeric_limits<std::int64_t>::max()));
  }
};

/// More PCs than any company has.
inline constexpr std::int64_t kMostDevices = 10000000;

}  // namespace gokajo::hub
