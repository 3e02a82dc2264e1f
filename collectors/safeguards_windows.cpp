#include "collectors/safeguards_windows.h"

#include <algorithm>
#include <array>

#include "collectors/rows.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::no_fact, compliance::WindowsAutorun, compliance::WindowsBootCertificates, compliance::WindowsMacros,
    compliance::WindowsProfile, compliance::WindowsSmartScreen, compliance::WindowsUac;
using platform::ask, platform::ErrorKind, platform::Host, platform::ReadRegistry;

namespace {

constexpr const char* kPolicies = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies";
constexpr const char* kSecureBoot = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecureBoot";
constexpr std::int64_t kEnableAll = 1;  // VBAWarnings

// Programs of Office whose macros have a setting of their own.
constexpr std::array<const char*, 6> kPrograms = {"Excel", "Word", "PowerPoint", "Access", "Publisher", "Visio"};

// Above the person's own: the company's cloud, then the PC's policies.
constexpr std::array<const char*, 3> kRoots = {"\\Software\\Policies\\Microsoft\\Cloud\\Office\\16.0\\",
                                               "\\Software\\Policies\\Microsoft\\Office\\16.0\\", "\\Software\\Microsoft\\Office\\16.0\\"};

// The first of these that sets it decides.
Fact<bool> runs_all(const Host& host, const std::string& sid, const std::string& program) {
  Fact<bool> none;
  for (const auto* root : kRoots) {
    const auto values = values_of(host, ReadRegistry{"HKU\\" + sid + root + program + "\\Security", {"VBAWarnings"}});
    if (!values) return unavailable<bool>(values);
    const auto warnings = number_in(*values, "VBAWarnings");
    if (!warnings) return malformed<bool>(warnings.error().detail, values);
    if (*warnings) return observed(**warnings == kEnableAll, values);
    none = observed(false, values);
  }
  return none;
}

Fact<std::vector<std::string>> unrestricted(const Host& host, const std::string& sid) {
  using Programs = std::vector<std::string>;
  // Every person has this key: without it their settings are not loaded.
  const auto loaded = ask(host, ReadRegistry{.key = "HKU\\" + sid + "\\Control Panel\\Desktop", .values = {}});
  if (!loaded) return unavailable<Programs>(loaded);
  Programs found;
  for (const auto* program : kPrograms) {
    const auto all = runs_all(host, sid, program);
    if (!all) return no_fact<Programs>({all.absent, all.detail}, all.source, all.observed_at);
    if (*all) found.emplace_back(program);
  }
  return observed(std::move(found), loaded);
}

}  // namespace

Fact<WindowsUac> collect_uac_windows(const Host& host) {
  const auto values = values_of(host, ReadRegistry{std::string(kPolicies) + "\\System", {"EnableLUA", "ConsentPromptBehaviorAdmin"}});
  if (!values) return unavailable<WindowsUac>(values);
  const auto enabled = number_in(*values, "EnableLUA"), administrators = number_in(*values, "ConsentPromptBehaviorAdmin");
  if (!enabled) return malformed<WindowsUac>(enabled.error().detail, values);
  if (!administrators) return malformed<WindowsUac>(administrators.error().detail, values);
  return observed(WindowsUac{*enabled, *administrators}, values);
}

Fact<WindowsSmartScreen> collect_smartscreen_windows(const Host& host) {
  const auto policy = values_of(host, ReadRegistry{"HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\System", {"EnableSmartScreen"}});
  const auto local = values_of(host, ReadRegistry{"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer", {"SmartScreenEnabled"}});
  for (const auto* values : {&policy, &local})
    if (!*values) return unavailable<WindowsSmartScreen>(*values);
  const auto enabled = number_in(*policy, "EnableSmartScreen");
  const auto word = text_in(*local, "SmartScreenEnabled");
  if (!enabled) return malformed<WindowsSmartScreen>(enabled.error().detail, policy);
  if (!word) return malformed<WindowsSmartScreen>(word.error().detail, local);
  WindowsSmartScreen found;
  if (*enabled) found.policy = **enabled != 0;
  if (*word) {
    static constexpr std::array<std::string_view, 4> kOn = {"Warn", "RequireAdmin", "Prompt", "On"};
    const bool on = std::find(kOn.begin(), kOn.end(), **word) != kOn.end();
    if (!on && **word != "Off") return malformed<WindowsSmartScreen>("SmartScreenEnabled: an unknown word", local);
    found.local = on;
  }
  return observed(found, local);
}

Fact<WindowsAutorun> collect_autorun_windows(const Host& host) {
  const auto values = values_of(host, ReadRegistry{std::string(kPolicies) + "\\Explorer", {"NoDriveTypeAutoRun", "NoAutorun"}});
  if (!values) return unavailable<WindowsAutorun>(values);
  const auto types = number_in(*values, "NoDriveTypeAutoRun"), none = number_in(*values, "NoAutorun");
  if (!types) return malformed<WindowsAutorun>(types.error().detail, values);
  if (!none) return malformed<WindowsAutorun>(none.error().detail, values);
  WindowsAutorun found{*types, std::nullopt};
  if (*none) found.none = **none != 0;
  return observed(found, values);
}

Fact<bool> collect_secure_boot_windows(const Host& host) {
  const auto values = values_of(host, ReadRegistry{std::string(kSecureBoot) + "\\State", {"UEFISecureBootEnabled"}});
  if (!values) return unavailable<bool>(values);
  const auto on = number_in(*values, "UEFISecureBootEnabled");
  if (!on) return malformed<bool>(on.error().detail, values);
  if (!*on) return no_fact<bool>({ErrorKind::not_found, "UEFISecureBootEnabled"}, values.source, values.observed_at);
  if (**on != 0 && **on != 1) return malformed<bool>("UEFISecureBootEnabled: expected 0 or 1", values);
  return observed(**on == 1, values);
}

Fact<WindowsBootCertificates> collect_boot_certificates_windows(const Host& host) {
  const auto values = values_of(host, ReadRegistry{std::string(kSecureBoot) + "\\Servicing", {"UEFICA2023Status", "UEFICA2023Error"}});
  if (!values) return unavailable<WindowsBootCertificates>(values);
  const auto status = text_in(*values, "UEFICA2023Status");
  const auto error = number_in(*values, "UEFICA2023Error");
  if (!status) return malformed<WindowsBootCertificates>(status.error().detail, values);
  if (!error) return malformed<WindowsBootCertificates>(error.error().detail, values);
  if (!*status) return no_fact<WindowsBootCertificates>({ErrorKind::not_found, "UEFICA2023Status"}, values.source, values.observed_at);
  return observed(WindowsBootCertificates{**status, error->value_or(0)}, values);
}

Fact<WindowsMacros> collect_macros_windows(const Host& host, const Fact<std::vector<WindowsProfile>>& people) {
  if (!people) return no_fact<WindowsMacros>({people.absent, people.detail}, people.source, people.observed_at);
  WindowsMacros found;
  for (const auto& person : *people) found.insert_or_assign(person.sid, unrestricted(host, person.sid));
  return compliance::fact(std::move(found), people.source, people.observed_at);
}

}  // namespace gokajo::collectors
