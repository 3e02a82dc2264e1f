#include <algorithm>
#include <array>

#include "compliance/checks.h"
#include "compliance/sign_in_windows.h"
#include "compliance/windows_only.h"

namespace gokajo::compliance {
namespace {

enum class Office { none, known, older };

// Office 2013 and older keep their settings elsewhere, where nobody looks.
Office office_of(const InstalledSoftware& software) {
  static constexpr std::array<std::string_view, 5> kLooked = {"", "2016", "2019", "2021", "2024"};
  auto found = Office::none;
  for (const auto& copy : software.copies) {
    if (copy.product != "microsoft-office" && copy.product != "microsoft-365") continue;
    const bool looked = copy.product == "microsoft-365" || std::find(kLooked.begin(), kLooked.end(), copy.version) != kLooked.end();
    if (!looked) return Office::older;
    found = Office::known;
  }
  return found;
}

Finding judge(const Evidence& evidence, const Settings&, const Memory&, Time) {
  if (auto outside = outside_windows(evidence)) return std::move(*outside);
  const auto& software = evidence.updates.software;
  if (!software) return unmeasured(software);
  const auto office = office_of(*software);
  if (office == Office::none) return not_applicable("no-office", software.observed_at);
  const auto& macros = evidence.extras.windows_macros;
  if (!macros) return unmeasured(macros);
  std::vector<Parameters> open;
  const Fact<std::vector<std::string>>* hidden = nullptr;
  std::int64_t seen = 0;
  for (const auto& [sid, programs] : *macros) {
    if (!programs) {
      // Who is not signed in now is seen another day; any other reason hides a setting that is in force.
      if (programs.absent != ErrorKind::not_found) hidden = hidden ? hidden : &programs;
      continue;
    }
    ++seen;
    if (!programs->empty()) open.push_back({{"name", Name{name_of(evidence.passwords.windows, sid)}}, {"programs", List{*programs}}});
  }
  if (!open.empty()) return fail("all-run", macros.observed_at, {}, std::move(open));
  if (hidden) return unmeasured(*hidden);
  if (office == Office::older) return unknown("older-office", software.observed_at);
  if (seen == 0) return unknown("nobody-signed-in", macros.observed_at);
  return pass("restricted", macros.observed_at, {{"count", Count{seen}}});
}

}  // namespace

const Check office_macros_restricted{.id = "office.macros-restricted", .judge = judge};

}  // namespace gokajo::compliance
