/// \file
/// Everything the page of one PC says, before it is put into words.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compliance/evidence/inventory.h"
#include "compliance/judge.h"
#include "compliance/wording.h"
#include "hub/library.h"
#include "hub/overview.h"
#include "hub/silence.h"

namespace gokajo::hub {

/// `judged`: the finding with its exception, none where its form cannot be read. `text`: worded for the PC's own system. `catching_up`:
/// behind days off (hub/catching_up.h).
struct ViewedFinding {
  KeptFinding kept;
  std::optional<compliance::JudgedFinding> judged;
  compliance::RenderedFinding text;
  std::optional<Plan> plan;
  bool catching_up = false;
  bool is_open() const { return kept.verdict != compliance::Verdict::pass && kept.verdict != compliance::Verdict::not_applicable; }
};

/// `id` "extras": what decides no rule. Findings: what needs a hand first.
struct ViewedRule {
  std::string id;
  std::int64_t number = 0;
  compliance::Text name;
  compliance::Verdict verdict = compliance::Verdict::unknown;
  std::vector<ViewedFinding> findings;
};

/// A wish to scan soon. `answered`: when the first report came whose scan began after it.
struct ScanWish {
  Time wished{};
  std::optional<Time> answered;
};

/// As far as the PC sent it and the company wants it.
struct ViewedInventory {
  std::optional<compliance::Hardware> hardware;
  std::optional<std::size_t> software;  ///< how many programs are listed
};

/// `verdict`, `decides`: as in DeviceLine. `system`: what it runs, as it calls itself; empty where that is not known. `scanned`: when the
/// state was last looked at, never later than it was received. `changes`: the newest first, without those that only say what it began with.
struct DeviceView {
  Device device;
  std::string group;
  std::vector<std::string> groups;  ///< of the company, to choose from
  Contact contact = Contact::heard;
  std::optional<compliance::Verdict> verdict;
  std::string decides;
  std::string system;
  std::optional<Time> scanned;
  std::vector<ViewedRule> rules;
  std::vector<Change> changes;
  std::optional<ScanWish> wish;
  ViewedInventory inventory;
  /// What it says now counts: it is neither silent nor at rest.
  bool speaks() const { return contact == Contact::heard || contact == Contact::resting_heard; }
};

inline constexpr std::int64_t kShownChanges = 100;
/// In a Change of kind "device": somebody asked for a scan soon.
inline constexpr const char* kScanWanted = "scan-wanted";

/// Error{not_found}: no such PC in this company, or one that was removed.
platform::Result<Device> device_of(Store& store, const std::string& tenant, const std::string& id);

/// Inside a transaction. Errors: not_found; those of the store; unsupported: a pack this program does not know.
platform::Result<DeviceView> device_view(Store& store, const std::string& tenant, const std::string& id, Time now, const Library* library);

/// The newest report of the PC as JSON, exactly what was sent. Error{not_found}: there is none any more.
platform::Result<platform::Json> last_report(Store& store, const Device& device);

}  // namespace gokajo::hub
