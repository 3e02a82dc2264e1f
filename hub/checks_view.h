/// \file
/// Each check across a company's PCs, and the PCs of one check, before it is put into words.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compliance/wording.h"
#include "hub/contacts.h"
#include "hub/library.h"
#include "hub/overview.h"

namespace gokajo::hub {

/// `counts`: PCs that are heard, by what the check says of them; of one in use while it should rest only what fails.
struct CheckLine {
  std::string check;
  bool required = false;
  std::map<compliance::Verdict, std::int64_t> counts;
};

/// `id` "extras": what decides no rule. Checks in the pack's order.
struct CheckedRule {
  std::string id;
  std::int64_t number = 0;
  compliance::Text name;
  std::vector<CheckLine> checks;
};

/// `quiet`: PCs that count for nothing, for they are silent or at rest.
struct ChecksView {
  std::vector<CheckedRule> rules;
  std::int64_t quiet = 0;
};

/// Errors: those of the store; unsupported: a pack this program does not know.
platform::Result<ChecksView> checks_view(Store& store, const std::string& tenant, Time now, const Library* library);

/// Of all approved PCs, silent or not.
platform::Result<CheckCounts> all_check_counts(Store& store, const std::string& tenant);

/// Of approved PCs, those of one check but its `not_applicable`, with their forms: fail, ask, unknown, pass, in this order, then by name;
/// at most `limit` behind the first `offset`. Errors: those of the store.
platform::Result<std::vector<DeviceFinding>> worst_first(Store& store, const std::string& tenant, const std::string& check,
                                                         std::int64_t offset, std::int64_t limit);

/// One PC of a check.
struct CheckedDevice {
  std::string device;
  std::string label;
  Contact contact = Contact::heard;
  KeptFinding finding;
  compliance::RenderedFinding text;
};

/// At most `limit` PCs behind the first `offset`, the worst first, without those the check does not apply to; `more`: there are others
/// behind them.
struct CheckedDevices {
  std::vector<CheckedDevice> devices;
  bool more = false;
};
platform::Result<CheckedDevices> checked_devices(Store& store, const Company& company, const std::string& check, std::int64_t offset,
                                                 std::int64_t limit, Time now);

}  // namespace gokajo::hub
