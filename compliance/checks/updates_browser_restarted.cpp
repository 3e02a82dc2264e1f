#include "compliance/checks.h"
#include "compliance/windows_only.h"

namespace gokajo::compliance {
namespace {

// Only the updaters of Chrome and Edge note which version still runs, so these alone are looked at.
bool is_noted(const SoftwareCopy& copy) { return copy.product == "google-chrome" || copy.product == "microsoft-edge"; }

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (auto outside = outside_windows(evidence)) return std::move(*outside);
  const auto& software = evidence.updates.software;
  if (!software) return unmeasured(software);
  std::vector<Parameters> waiting;
  std::int64_t told = 0, untold = 0;
  for (const auto& copy : software->copies) {
    if (!is_noted(copy)) continue;
    ++(copy.brought_up ? told : untold);
    if (copy.still_running)
      waiting.push_back({{"name", Name{copy.name}}, {"running", Version{*copy.still_running}}, {"version", Version{copy.version}}});
  }
  if (!waiting.empty()) return fail("waits", software.observed_at, {}, std::move(waiting));
  if (untold > 0) return unknown("not-told", software.observed_at);
  if (told == 0) return not_applicable("no-browser", software.observed_at);
  return pass("restarted", software.observed_at, {{"count", Count{told}}});
}

}  // namespace

const Check updates_browser_restarted{.id = "updates.browser-restarted", .judge = judge};

}  // namespace gokajo::compliance
