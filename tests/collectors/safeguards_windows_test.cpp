#include "collectors/safeguards_windows.h"

#include <doctest/doctest.h>

#include "collectors/sharing.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace platform;
using compliance::WindowsProfile;

namespace {

const std::string kTanaka = "S-1-5-21-3623811015-3361044348-30300820-1001";
const std::string kPolicies = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\";

Cell number(std::int64_t value) { return {value}; }
Cell text(std::string value) { return {std::move(value)}; }
Reply key_with(Row values) { return Registry{{{"", {}, std::move(values)}}, {}}; }

compliance::Fact<std::vector<WindowsProfile>> tanaka() {
  return compliance::fact(std::vector<WindowsProfile>{{kTanaka, "C:\\Users\\tanaka"}}, "ProfileList", *parse_time("2026-11-22"));
}

ReadRegistry macros_of(const std::string& root, const std::string& program) {
  return {"HKU\\" + kTanaka + "\\Software\\" + root + "\\Office\\16.0\\" + program + "\\Security", {"VBAWarnings"}};
}

}  // namespace

TEST_CASE("UAC and AutoRun: values, defaults where the key is not there, and no answer") {
  const ReadRegistry uac{kPolicies + "System", {"EnableLUA", "ConsentPromptBehaviorAdmin"}};
  const ReadRegistry autorun{kPolicies + "Explorer", {"NoDriveTypeAutoRun", "NoAutorun"}};
  FakeHost host;
  CHECK_FALSE(collectors::collect_uac_windows(host)->enabled);
  CHECK_FALSE(collectors::collect_autorun_windows(host)->none);
  host.answers(uac, key_with({{"EnableLUA", number(0)}, {"ConsentPromptBehaviorAdmin", number(5)}}));
  host.answers(autorun, key_with({{"NoDriveTypeAutoRun", number(255)}, {"NoAutorun", number(1)}}));
  CHECK(collectors::collect_uac_windows(host)->enabled == 0);
  CHECK(collectors::collect_autorun_windows(host)->drive_types == 255);
  CHECK(collectors::collect_autorun_windows(host)->none == true);
  host.answers(uac, key_with({{"EnableLUA", text("0")}}));
  CHECK(collectors::collect_uac_windows(host).absent == ErrorKind::malformed);
  host.answers(uac, Error{ErrorKind::denied, "no"});
  host.answers(autorun, Error{ErrorKind::denied, "no"});
  CHECK(collectors::collect_uac_windows(host).absent == ErrorKind::denied);
  CHECK(collectors::collect_autorun_windows(host).absent == ErrorKind::denied);
}

TEST_CASE("SmartScreen: the policy's number, the local word, and a word nobody knows") {
  const ReadRegistry policy{"HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\System", {"EnableSmartScreen"}};
  const ReadRegistry local{"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer", {"SmartScreenEnabled"}};
  FakeHost host;
  CHECK_FALSE(collectors::collect_smartscreen_windows(host)->local);
  for (const auto& [word, on] : {std::pair{"Warn", true}, {"RequireAdmin", true}, {"Prompt", true}, {"On", true}, {"Off", false}}) {
    host.answers(local, key_with({{"SmartScreenEnabled", text(word)}}));
    CHECK(collectors::collect_smartscreen_windows(host)->local == on);
  }
  host.answers(policy, key_with({{"EnableSmartScreen", number(0)}}));
  CHECK(collectors::collect_smartscreen_windows(host)->policy == false);
  host.answers(local, key_with({{"SmartScreenEnabled", text("Maybe")}}));
  CHECK(collectors::collect_smartscreen_windows(host).absent == ErrorKind::malformed);
  host.answers(local, Error{ErrorKind::denied, "no"});
  CHECK(collectors::collect_smartscreen_windows(host).absent == ErrorKind::denied);
}

TEST_CASE("macros: the cloud's policy stands over the PC's, and that over the person's own") {
  FakeHost host;
  const auto of_tanaka = [&] { return collectors::collect_macros_windows(host, tanaka())->at(kTanaka); };
  CHECK(of_tanaka().absent == ErrorKind::not_found);  // not signed in
  host.answers(ReadRegistry{.key = "HKU\\" + kTanaka + "\\Control Panel\\Desktop", .values = {}}, key_with({}));
  REQUIRE(of_tanaka());
  CHECK(of_tanaka()->empty());
  host.answers(macros_of("Microsoft", "Excel"), key_with({{"VBAWarnings", number(1)}}));
  host.answers(macros_of("Microsoft", "Word"), key_with({{"VBAWarnings", number(2)}}));
  CHECK(*of_tanaka() == std::vector<std::string>{"Excel"});
  host.answers(macros_of("Policies\\Microsoft", "Excel"), key_with({{"VBAWarnings", number(3)}}));
  CHECK(of_tanaka()->empty());
  host.answers(macros_of("Policies\\Microsoft\\Cloud", "Excel"), key_with({{"VBAWarnings", number(1)}}));
  CHECK(*of_tanaka() == std::vector<std::string>{"Excel"});
  host.answers(macros_of("Policies\\Microsoft", "Word"), Error{ErrorKind::denied, "no"});
  CHECK(of_tanaka().absent == ErrorKind::denied);
  CHECK(
      collectors::collect_macros_windows(host, compliance::no_fact<std::vector<WindowsProfile>>({ErrorKind::denied, ""}, "", {})).absent ==
      ErrorKind::denied);
}

TEST_CASE("Secure Boot and its certificates: told, not told, and of another type") {
  const std::string root = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecureBoot\\";
  const ReadRegistry state{root + "State", {"UEFISecureBootEnabled"}},
      servicing{root + "Servicing", {"UEFICA2023Status", "UEFICA2023Error"}};
  FakeHost host;
  CHECK(collectors::collect_secure_boot_windows(host).absent == ErrorKind::not_found);
  CHECK(collectors::collect_boot_certificates_windows(host).absent == ErrorKind::not_found);
  host.answers(state, key_with({{"UEFISecureBootEnabled", number(1)}}));
  host.answers(servicing, key_with({{"UEFICA2023Status", text("Updated")}}));
  CHECK(collectors::collect_secure_boot_windows(host).value == true);
  CHECK(collectors::collect_boot_certificates_windows(host)->error == 0);
  host.answers(state, key_with({{"UEFISecureBootEnabled", number(2)}}));
  host.answers(servicing, key_with({{"UEFICA2023Status", number(1)}}));
  CHECK(collectors::collect_secure_boot_windows(host).absent == ErrorKind::malformed);
  CHECK(collectors::collect_boot_certificates_windows(host).absent == ErrorKind::malformed);
}

TEST_CASE("SMB signing comes from the setting in force, never from a value that may not be set") {
  const AskWmi server{"root\\Microsoft\\Windows\\SMB", "MSFT_SmbServerConfiguration", {}, {}, {}, {{"GetConfiguration", {}, 0, true}}};
  FakeHost host;
  const auto signing = [&] { return collectors::collect_sharing_windows(host, {}).windows_smb_signing; };
  CHECK(signing().absent == ErrorKind::not_found);
  host.answers(server, Reply{Rows{{{{"GetConfiguration.ReturnValue", number(0)}, {"GetConfiguration.RequireSecuritySignature", {true}}}}}});
  CHECK(signing().value == true);
  host.answers(server, Reply{Rows{{{{"GetConfiguration.ReturnValue", number(5)}, {"GetConfiguration.RequireSecuritySignature", {true}}}}}});
  CHECK(signing().absent == ErrorKind::malformed);
  host.answers(server, Reply{Rows{}});
  CHECK(signing().absent == ErrorKind::malformed);
}

}  // namespace gokajo::tests
