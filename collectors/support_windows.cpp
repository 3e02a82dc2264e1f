#include <array>

#include "collectors/rows.h"
#include "collectors/seen.h"
#include "collectors/support.h"

namespace gokajo::collectors {

using compliance::Device, compliance::ExtendedEnrolment, compliance::ExtendedLicences, compliance::Fact, compliance::no_fact;
using platform::ask, platform::AskWmi, platform::ErrorKind, platform::Host, platform::ReadRegistry;

namespace {

constexpr std::int64_t kExtended = 19045;  // Windows 10 22H2, the one release with a programme that leaves traces
constexpr std::int64_t kLicensed = 1;      // LicenseStatus
// Activation ids of years 1 to 3, as Microsoft publishes them.
constexpr std::array<const char*, 3> kYears = {"f520e45e-7413-4a34-a497-d2765967d094", "1043add5-23b1-4afb-9a0f-64343c8f3f8d",
                                               "83d49986-add3-41d7-ba33-87c7bfb5c0fb"};
constexpr const char* kProgramme = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform\\ESU";
constexpr const char* kProfiles = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList";
constexpr const char* kOfPerson = "\\Software\\Microsoft\\Windows NT\\CurrentVersion\\Windows\\ConsumerESU";

// Why nothing is asked on this Windows; nullopt where it is.
template <class T>
std::optional<Fact<T>> not_here(const Device& device) {
  const auto& windows = device.windows;
  if (!windows) return no_fact<T>({windows.absent, windows.detail}, windows.source, windows.observed_at);
  if (windows->build == kExtended && windows->kind == compliance::WindowsKind::workstation) return std::nullopt;
  return no_fact<T>({ErrorKind::unsupported, "no extended updates of Windows 10"}, windows.source, windows.observed_at);
}

}  // namespace

Fact<ExtendedLicences> collect_extended_licences_windows(const Host& host, const Device& device) {
  if (auto reason = not_here<ExtendedLicences>(device)) return std::move(*reason);
  Fact<ExtendedLicences> found;
  for (std::size_t i = 0; i < kYears.size(); ++i) {
    const auto seen = ask(host, AskWmi{.name_space = "root\\CIMV2",
                                       .class_name = "SoftwareLicensingProduct",
                                       .properties = {"ID", "LicenseStatus"},
                                       .where_property = "ID",
                                       .where_text = kYears[i]});
    if (!seen) return unavailable<ExtendedLicences>(seen);
    if (!found) found = observed(ExtendedLicences{}, seen);
    if (seen->rows.empty()) continue;  // not told
    const auto status = number_in(seen->rows.front(), "LicenseStatus");
    if (!status || !*status) return malformed<ExtendedLicences>("no LicenseStatus", seen);
    (**status == kLicensed ? found->on : found->off).push_back(static_cast<std::int64_t>(i) + 1);
  }
  return found;
}

Fact<ExtendedEnrolment> collect_extended_enrolment_windows(const Host& host, const Device& device) {
  if (auto reason = not_here<ExtendedEnrolment>(device)) return std::move(*reason);
  const auto programme = values_of(host, ReadRegistry{kProgramme, {"Win10ConsumerESUStatus", "Win10CommercialW365ESUEligible"}});
  if (!programme) return unavailable<ExtendedEnrolment>(programme);
  const auto status = number_in(*programme, "Win10ConsumerESUStatus"),
             subscription = number_in(*programme, "Win10CommercialW365ESUEligible");
  if (!status || !subscription) return malformed<ExtendedEnrolment>("expected numbers", programme);
  ExtendedEnrolment found;
  found.status = *status;
  found.subscription = *subscription == 1;
  // Of people who are not signed in nothing can be read; the PC's own state stands without them.
  const auto profiles = ask(host, ReadRegistry{.key = kProfiles, .depth = 1});
  if (!profiles) return observed(std::move(found), programme);
  for (const auto& profile : profiles->keys) {
    if (!profile.path.starts_with("S-1-5-21-")) continue;
    const auto person = values_of(host, ReadRegistry{"HKU\\" + profile.path + kOfPerson, {"ESUEligibility"}});
    if (!person) continue;
    if (const auto state = number_in(*person, "ESUEligibility"); state && *state) found.people.push_back(**state);
  }
  return observed(std::move(found), programme);
}

}  // namespace gokajo::collectors
