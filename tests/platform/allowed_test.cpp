#include "platform/windows/allowed.h"

#include <doctest/doctest.h>

#include "platform/pattern.h"

namespace gokajo::tests {

using namespace platform;

// fnmatch(3), FNM_PATHNAME: * never matches a slash.
TEST_CASE("a * stands for a piece of one part, not for two") {
  CHECK(fits("/etc/*.conf", "/etc/a.conf", '/'));
  CHECK_FALSE(fits("/etc/*.conf", "/etc/a/b.conf", '/'));
  CHECK(fits("/a/*/c", "/a/b/c", '/'));
  CHECK_FALSE(fits("/a/*/c", "/a/b/b/c", '/'));
  CHECK(fits("*a*a*", "bananas", '/'));
  CHECK(fits("", "", '/'));
  CHECK_FALSE(fits("", "a", '/'));
  CHECK(fits("ABC", "abc", '/', Letters::any_case));
  CHECK_FALSE(fits("ABC", "abc", '/'));
  CHECK_FALSE(fits(std::string(60, '*') + "b", std::string(4000, 'a'), '/'));  // and ends soon
}

TEST_CASE("of the registry only what is on the list is read") {
  CHECK(may_ask(ReadRegistry{"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", {"UBR", "ubr"}}));
  CHECK_FALSE(may_ask(ReadRegistry{"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", {"ProductId"}}));
  CHECK_FALSE(may_ask(ReadRegistry{"HKLM\\SAM\\SAM", {""}}));
  CHECK_FALSE(may_ask(ReadRegistry{"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\..\\Winlogon", {"DefaultPassword"}}));
  CHECK(may_ask(ReadRegistry{"HKU\\S-1-5-21-1-2-3-1001\\Control Panel\\Desktop", {"ScreenSaveActive"}}));
  CHECK_FALSE(may_ask(ReadRegistry{"HKU\\.DEFAULT\\Control Panel\\Desktop", {"ScreenSaveActive"}}));
  CHECK_FALSE(may_ask(ReadRegistry{"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", {"UBR"}, RegistryView::bits64, 9}));
}

TEST_CASE("a password in the registry is known of, never read") {
  const std::string winlogon = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon";
  CHECK(may_ask(ReadRegistry{winlogon, {"AutoAdminLogon", "DefaultPassword"}}));
  CHECK(is_known_of_only(winlogon, "defaultpassword"));
  CHECK_FALSE(is_known_of_only(winlogon, "AutoAdminLogon"));
}

TEST_CASE("of WMI and the API only what is on the lists is asked") {
  CHECK(deadline_of(AskWmi{"root\\SecurityCenter2", "AntiVirusProduct", {"productState"}}));
  CHECK_FALSE(deadline_of(AskWmi{"root\\CIMV2", "Win32_Product", {"Name"}}));  // reconfigures every package (Microsoft KB 974524)
  CHECK_FALSE(deadline_of(AskWmi{"root\\SecurityCenter2", "AntiVirusProduct", {"nothing"}}));
  CHECK_FALSE(deadline_of(AskWmi{"root\\CIMV2", "SoftwareLicensingProduct", {"LicenseStatus"}, "ID", "x' or '1'='1"}));
  CHECK_FALSE(
      deadline_of(AskWmi{"root\\CIMV2\\Security\\MicrosoftVolumeEncryption", "Win32_EncryptableVolume", {}, "", "", {{"Decrypt"}}}));
  CHECK(find_api("shares"));
  CHECK_FALSE(find_api("anything"));
}

}  // namespace gokajo::tests
