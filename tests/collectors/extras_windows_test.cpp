#include <doctest/doctest.h>

#include "collectors/backup.h"
#include "collectors/disk.h"
#include "collectors/wifi.h"
#include "tests/support/fake_host.h"
#include "tests/support/windows_evidence.h"

namespace gokajo::tests {

using namespace platform;
using compliance::VolumeState, compliance::WifiSecurity, compliance::WindowsKind, compliance::WindowsProfile;

namespace {

const std::string kTanaka = "S-1-5-21-3623811015-3361044348-30300820-1001";
const AskWmi kVolumes{.name_space = "root\\CIMV2\\Security\\MicrosoftVolumeEncryption",
                      .class_name = "Win32_EncryptableVolume",
                      .properties = {"DriveLetter", "VolumeType"},
                      .where_property = {},
                      .where_text = {},
                      .methods = {{.name = "GetProtectionStatus"}, {.name = "GetConversionStatus"}}};

Cell number(std::int64_t value) { return {value}; }
Cell text(std::string value) { return {std::move(value)}; }
Reply rows(std::vector<Row> rows) { return Rows{std::move(rows)}; }

Row volume(const std::string& drive, std::int64_t type, std::int64_t protection, std::int64_t conversion, std::int64_t result = 0) {
  return {{"DriveLetter", text(drive)},
          {"VolumeType", number(type)},
          {"GetProtectionStatus.ReturnValue", number(result)},
          {"GetProtectionStatus.ProtectionStatus", number(protection)},
          {"GetConversionStatus.ReturnValue", number(result)},
          {"GetConversionStatus.ConversionStatus", number(conversion)}};
}

// What a PC with this one volume and this one fixed drive tells of it.
std::string told(Row row) {
  FakeHost host;
  host.answers(kVolumes, rows({std::move(row)}));
  host.answers(AskApi{.api = "drives"}, rows({{{"drive", text("C:")}}}));
  const auto volumes = collectors::collect_disk_windows(host);
  if (!volumes || volumes->size() != 1) return "not one";
  const auto& one = volumes->front();
  const std::string state = one.state == VolumeState::changing ? " changing" : one.state == VolumeState::key_open ? " key open" : "";
  return (!one.encrypted ? "absent" : *one.encrypted ? "encrypted" : "open") + state;
}

}  // namespace

TEST_CASE("BitLocker: protection and conversion together, and a method that failed tells nothing") {
  CHECK(told(volume("C:", 0, 1, 1)) == "encrypted");
  CHECK(told(volume("C:", 0, 0, 0)) == "open");
  CHECK(told(volume("C:", 0, 0, 1)) == "open key open");
  for (const std::int64_t on_the_way : {2, 3, 4, 5}) CHECK(told(volume("C:", 0, 0, on_the_way)) == "absent changing");
  CHECK(told(volume("C:", 0, 2, 0)) == "encrypted");  // locked
  CHECK(told(volume("C:", 0, 1, 9)) == "absent");
  CHECK(told(volume("C:", 0, 1, 1, 2147942405)) == "absent");
  auto without = volume("C:", 0, 1, 1);
  without.erase("GetProtectionStatus.ProtectionStatus");
  CHECK(told(without) == "absent");
}

TEST_CASE("drives: removable ones and those without a letter are left out, fixed ones nobody tells of are unknown") {
  FakeHost host;
  auto nameless = volume("", 1, 0, 0);
  nameless.erase("DriveLetter");
  host.answers(kVolumes, rows({volume("C:", 0, 1, 1), volume("E:", 2, 0, 0), nameless}));
  host.answers(AskApi{.api = "drives"}, rows({{{"drive", text("C:")}}, {{"drive", text("D:")}}, {{"drive", text("E:")}}}));
  auto volumes = collectors::collect_disk_windows(host);
  REQUIRE(volumes);
  REQUIRE(volumes->size() == 2);
  CHECK(volumes->at(1).place == "D:");
  CHECK_FALSE(volumes->at(1).encrypted);
  host.answers(AskApi{.api = "drives"}, Error{ErrorKind::failed, "no"});
  volumes = collectors::collect_disk_windows(host);
  REQUIRE(volumes->size() == 2);
  CHECK(volumes->at(1).encrypted.absent == ErrorKind::failed);
  host.answers(kVolumes, rows({}));
  CHECK(collectors::collect_disk_windows(host).absent == ErrorKind::malformed);
  host.answers(kVolumes, Error{ErrorKind::unsupported, "no namespace"});
  CHECK(collectors::collect_disk_windows(host).absent == ErrorKind::unsupported);
}

TEST_CASE("Wi-Fi in use: numbers of Windows by what anybody can read") {
  const auto security = [](std::int64_t authentication, std::int64_t cipher) {
    FakeHost host;
    host.answers(
        AskApi{.api = "wifi_in_use"},
        rows(
            {{{"interface", text("card")}, {"state", number(1)}, {"authentication", number(authentication)}, {"cipher", number(cipher)}}}));
    const auto wifi = collectors::collect_wifi_windows(host, windows_pc().device);
    REQUIRE(wifi.in_use);
    return wifi.in_use->at(0).security;
  };
  CHECK(security(1, 0) == WifiSecurity::open);
  CHECK(security(1, 1) == WifiSecurity::wep);
  CHECK(security(2, 0x101) == WifiSecurity::wep);
  CHECK(security(4, 2) == WifiSecurity::wpa1);
  CHECK(security(7, 4) == WifiSecurity::wpa2);
  CHECK(security(9, 8) == WifiSecurity::wpa2);
  CHECK(security(10, 4) == WifiSecurity::owe);
  CHECK(security(7, 0) == WifiSecurity::other);
  CHECK(security(99, 4) == WifiSecurity::other);
}

TEST_CASE("Wi-Fi: a card that is not connected, one that may not tell, and no answer at all") {
  FakeHost host;
  const auto collected = [&](WindowsKind kind = WindowsKind::workstation) {
    return collectors::collect_wifi_windows(host, windows_pc(kind).device);
  };
  CHECK(collected().devices.absent == ErrorKind::not_found);
  host.answers(AskApi{.api = "wifi_in_use"}, rows({{{"interface", text("card")}, {"state", number(4)}}}));
  CHECK(collected().in_use->empty());
  host.answers(AskApi{.api = "wifi_in_use"},
               rows({{{"interface", text("card")}, {"state", number(1)}, {"authentication_error", text("denied")}}}));
  CHECK(collected().in_use.absent == ErrorKind::denied);
  CHECK(collected().devices->size() == 1);
  host.answers(
      AskApi{.api = "wifi_saved"},
      rows({{{"number", number(1)}, {"authentication", text("WPA3SAE")}, {"encryption", text("AES")}, {"connects_by_itself", {true}}},
            {{"number", number(2)}, {"authentication", text("open")}, {"encryption", text("none")}, {"connects_by_itself", {false}}}}));
  REQUIRE(collected().saved);
  CHECK(collected().saved->at(0).security == WifiSecurity::wpa2);
  CHECK(collected().saved->at(1).name == "#2");
  CHECK(collected().saved->at(1).security == WifiSecurity::open);
  CHECK_FALSE(collected().saved->at(1).joins_by_itself);
  host.answers(AskApi{.api = "wifi_in_use"}, Error{ErrorKind::unsupported, "wlanapi.dll"});
  CHECK(collected().devices.absent == ErrorKind::unsupported);
  CHECK(collected(WindowsKind::server).devices->empty());
}

TEST_CASE("backup: services of products, File History only while it runs, folders that lie in OneDrive") {
  const auto people =
      compliance::fact(std::vector<WindowsProfile>{{kTanaka, "C:\\Users\\tanaka"}}, "ProfileList", *parse_time("2026-11-22"));
  AskApi services{.api = "services",
                  .arguments = {"VeeamEndpointBackupSvc", "AcronisAgent", "AcrSch2Svc", "AcronisCyberProtectionService", "MacriumService",
                                "ShadowProtectSvc", "bzserv", "CarboniteService", "fhsvc"}};
  FakeHost host;
  CHECK(collectors::collect_backup_windows(host, people).tools.absent == ErrorKind::not_found);
  const auto service = [](const char* name, std::int64_t state) { return Row{{"name", text(name)}, {"state", number(state)}}; };
  host.answers(services, rows({service("AcronisAgent", 4), service("AcrSch2Svc", 1), service("fhsvc", 1)}));
  auto backup = collectors::collect_backup_windows(host, people);
  REQUIRE(backup.tools);
  REQUIRE(backup.tools->size() == 1);
  CHECK(backup.tools->front().name == "Acronis");
  CHECK_FALSE(backup.tools->front().last);
  host.answers(services, rows({service("fhsvc", 4)}));
  host.answers(ReadRegistry{"HKU\\" + kTanaka + "\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders",
                            {"Desktop", "Personal"}},
               Reply{Registry{{{"", {}, {{"Desktop", text("C:\\Users\\tanaka\\OneDrive\\Desktop")}}}}, {}}});
  host.answers(ReadRegistry{"HKU\\" + kTanaka + "\\Software\\Microsoft\\OneDrive\\Accounts\\Personal", {"UserFolder"}},
               Reply{Registry{{{"", {}, {{"UserFolder", text("C:\\Users\\tanaka\\OneDrive")}}}}, {}}});
  backup = collectors::collect_backup_windows(host, people);
  REQUIRE(backup.tools->size() == 2);
  CHECK(backup.tools->at(0).name == "File History");
  CHECK(backup.tools->at(1).name == "OneDrive");
  host.answers(ReadRegistry{"HKU\\" + kTanaka + "\\Software\\Microsoft\\OneDrive\\Accounts\\Personal", {"UserFolder"}},
               Error{ErrorKind::denied, "no"});
  CHECK(collectors::collect_backup_windows(host, people).homes_seen.absent == ErrorKind::denied);
}

}  // namespace gokajo::tests
