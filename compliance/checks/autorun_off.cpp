#include <algorithm>

#include "compliance/checks.h"
#include "compliance/is_windows.h"

namespace gokajo::compliance {
namespace {

// Since Windows 7 the AutoRun file of a USB medium starts nothing, whatever the policies say; they only take more away
// (learn.microsoft.com/windows/win32/shell/autoplay-reg).
Finding judge_windows(const Evidence& evidence) {
  constexpr std::int64_t kEveryKind = 0xFF;
  const auto& windows = evidence.device.windows;
  if (!windows) return unmeasured(windows);
  if (windows->core) return not_applicable("no-desktop", windows.observed_at);
  const auto& autorun = evidence.extras.windows_autorun;
  if (!autorun) return unmeasured(autorun);
  const bool all = autorun->none == true || (autorun->drive_types && (*autorun->drive_types & kEveryKind) == kEveryKind);
  return all ? pass("forbidden", autorun.observed_at) : pass("usb-starts-nothing", autorun.observed_at);
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (is_windows(evidence)) return judge_windows(evidence);
  const auto& autorun = evidence.extras.autorun;
  const auto& desktops = autorun.desktops;
  if (!desktops) return unmeasured(desktops);
  if (desktops->empty()) return not_applicable("no-desktop", desktops.observed_at);
  const auto any = [&](DesktopKind kind) {
    return std::any_of(desktops->begin(), desktops->end(), [&](const auto& d) { return d.kind == kind; });
  };
  if (any(DesktopKind::gnome)) {
    if (!autorun.people) return unmeasured(autorun.people);
    std::vector<Parameters> asked;
    const Fact<bool>* unseen = nullptr;
    for (const auto& [uid, person] : *autorun.people) {
      if (!person.never)
        unseen = unseen ? unseen : &person.never;
      else if (!*person.never)
        asked.push_back({{"name", Name{person.name}}});
    }
    if (!asked.empty()) return fail("asks", autorun.people.observed_at, {}, std::move(asked));
    if (unseen) return unmeasured(*unseen);
  }
  if (any(DesktopKind::other)) {
    List names;
    for (const auto& desktop : *desktops)
      if (desktop.kind == DesktopKind::other) names.value.push_back(desktop.name);
    return unknown("unknown-desktop", desktops.observed_at, {{"desktops", std::move(names)}});
  }
  if (!any(DesktopKind::gnome)) return pass("never-starts", desktops.observed_at);
  if (autorun.people->empty()) return not_applicable("nobody-signs-in", autorun.people.observed_at);
  return pass("forbidden", autorun.people.observed_at);
}

}  // namespace

const Check autorun_off{.id = "autorun.off", .judge = judge};

}  // namespace gokajo::compliance
