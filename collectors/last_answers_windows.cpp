#include <algorithm>
#include <array>

#include "collectors/antivirus_vendors_windows.h"
#include "collectors/last_answers.h"

namespace gokajo::collectors {

using platform::AskApi, platform::AskWmi, platform::Question, platform::ReadRegistry;

namespace {

using Witnesses = std::vector<Question>;

constexpr const char* kWindows = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";

ReadRegistry release() { return {.key = kWindows, .values = {"CurrentBuild", "UBR"}}; }

// A product that comes or goes brings its service or takes it away; what switches Defender by policy stands in the registry.
Witnesses of_guards() {
  return {antivirus_services(),
          ReadRegistry{.key = "HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Features", .values = {"TamperProtection"}},
          ReadRegistry{.key = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Advanced Threat Protection",
                       .values = {"ForceDefenderPassiveMode"}}};
}

// The settings behind what is in force, and the update that may have changed what a setting that is not there means.
Witnesses of_file_server() {
  return {release(), ReadRegistry{.key = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters", .values = {"SMB1"}},
          ReadRegistry{.key = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\mrxsmb10", .values = {"Start"}},
          AskApi{.api = "services", .arguments = {"LanmanServer"}}};
}

// Not here, for an earlier answer says nothing of today: where the PC is and what its firewall lets in there ("networks", "firewall"), what
// the Security Center thinks at the moment ("security_health"), on which days it was on ("days_on": each day adds one).
std::optional<Witnesses> of_api(const AskApi& question) {
  if (question.api == "security_products") return of_guards();
  // When it last searched only moves on; what another server would have said does not count for this one.
  if (question.api == "update_client")
    return Witnesses{ReadRegistry{.key = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate", .values = {"WUServer"}}};
  if (question.api == "password_properties") return Witnesses{AskApi{.api = "password_rules"}};
  return std::nullopt;
}

std::optional<Witnesses> of_class(const AskWmi& question) {
  if (question.class_name == "MSFT_MpComputerStatus") return of_guards();
  if (question.class_name == "Win32_EncryptableVolume") return Witnesses{AskApi{.api = "drives"}};
  if (question.class_name == "MSFT_SmbServerConfiguration") return of_file_server();
  if (question.class_name == "SoftwareLicensingProduct") return Witnesses{release()};
  return std::nullopt;
}

}  // namespace

std::optional<Witnesses> witnesses_of(const Question& question) {
  if (const auto* api = std::get_if<AskApi>(&question)) return of_api(*api);
  if (const auto* wmi = std::get_if<AskWmi>(&question)) return of_class(*wmi);
  return std::nullopt;
}

}  // namespace gokajo::collectors
