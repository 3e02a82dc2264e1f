/// \file
/// The list of a company's PCs, before it is put into words: one page of it, whatever their number.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/contacts.h"
#include "hub/library.h"
#include "hub/overview.h"

namespace gokajo::hub {

/// `verdict`: of the worst rule; none for a PC that waits, is silent or at rest (one in use while it should rest has it where it fails).
/// `decides`: the rule, the first in the pack's order, that has this verdict; empty where nothing is open.
struct DeviceLine {
  Device device;
  std::string group;
  Contact contact = Contact::heard;
  std::optional<compliance::Verdict> verdict;
  std::string decides;
};

/// `rules`: ids and names, in the pack's order. `all`: how many lines there are on all pages.
struct DeviceList {
  std::vector<DeviceLine> lines;
  std::int64_t all = 0;
  std::vector<std::pair<std::string, compliance::Text>> rules;
  std::vector<std::pair<std::string, std::int64_t>> groups;
};

/// `query`'s silence is filled in here. Errors: those of the store; unsupported: a pack this program does not know.
platform::Result<DeviceList> device_list(Store& store, const std::string& tenant, DeviceQuery query, Time now, const Library* library);

/// The worst verdict of a PC, and the rule of the pack that decides it (see DeviceLine). No rules: nothing was judged yet.
std::pair<compliance::Verdict, std::string> deciding_rule(const std::map<std::string, compliance::Verdict>& rules,
                                                          const std::vector<std::pair<std::string, compliance::Text>>& order);

}  // namespace gokajo::hub
