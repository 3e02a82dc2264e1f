#include <doctest/doctest.h>

#include "collectors/installed_software_windows.h"
#include "collectors/inventory.h"
#include "collectors/software.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace platform;
using compliance::SoftwareOrigin, compliance::WindowsProfile;

namespace {

const std::string kTanaka = "S-1-5-21-3623811015-3361044348-30300820-1001";
const std::string kChrome = "\\Google\\Update\\Clients\\{8A69D345-D564-463C-AFF1-A69D9E530F96}";

Cell number(std::int64_t value) { return {value}; }
Cell text(std::string value) { return {std::move(value)}; }

RegistryKey entry(const std::string& key, const std::string& name, const std::string& version = "", Row more = {}) {
  more.emplace("DisplayName", text(name));
  if (!version.empty()) more.emplace("DisplayVersion", text(version));
  return {key, {}, std::move(more)};
}

ReadRegistry list_of(const std::string& key, RegistryView view = RegistryView::bits64) {
  return {key, {"DisplayName", "DisplayVersion", "Publisher", "SystemComponent", "ParentKeyName", "ReleaseType"}, view, 1};
}

const ReadRegistry kWide = list_of("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall");
const ReadRegistry kNarrow = list_of("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall", RegistryView::bits32);
const ReadRegistry kOwn = list_of("HKU\\" + kTanaka + "\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall");

compliance::Fact<std::vector<WindowsProfile>> tanaka() {
  return compliance::fact(std::vector<WindowsProfile>{{kTanaka, "C:\\Users\\tanaka"}}, "ProfileList", *parse_time("2026-11-22"));
}

FakeHost with(std::vector<RegistryKey> wide, std::vector<RegistryKey> narrow = {}, std::vector<RegistryKey> own = {}) {
  FakeHost host;
  host.answers(kWide, Reply{Registry{std::move(wide), {}}});
  host.answers(kNarrow, Reply{Registry{std::move(narrow), {}}});
  host.answers(kOwn, Reply{Registry{std::move(own), {}}});
  return host;
}

}  // namespace

TEST_CASE("names of installed programs: which of them are looked at, and in which version") {
  struct Case {
    const char* name;
    const char* version;
    const char* product;  ///< empty: none of interest
    const char* expected;
    SoftwareOrigin origin = SoftwareOrigin::vendor;
  };
  const Case rows[] = {
      {"Microsoft Office Professional Plus 2016", "16.0.4266.1001", "microsoft-office", "2016"},
      {"Microsoft Office Home and Business 2013 - ja-jp", "15.0.5603.1000", "microsoft-office", "2013"},
      {"Microsoft Office Personal 2010", "14.0.7015.1000", "microsoft-office", "2010"},
      {"Microsoft Office LTSC Standard 2021 - ja-jp", "16.0.14332.20000", "microsoft-office", "2021"},
      {"Microsoft Excel 2016 - ja-jp", "16.0.4266.1001", "microsoft-office", "2016"},
      {"Microsoft Office Proofing (Japanese) 2016", "16.0.4266.1001", "", ""},
      {"Microsoft Access database engine 2016 (Japanese)", "16.0.5044.1000", "", ""},
      {"Microsoft Office Access MUI (English) 2010", "14.0.4763.1000", "", ""},
      {"Microsoft Office Professional Plus 20160", "", "", ""},
      {"Microsoft 365 Apps for business - ja-jp", "16.0.20430.20092", "", ""},  // Click-to-Run's own key tells it
      {"LibreOffice 24.8.7.2", "24.8.7.2", "libreoffice", "24.8.7.2"},
      {"LibreOffice 24.8 Help Pack (Japanese)", "24.8.7.2", "", ""},
      {"Microsoft Windows Desktop Runtime - 8.0.11 (x64)", "8.0.11.33", "dotnet", "8.0.11"},
      {"Microsoft .NET Runtime - 10.0.1 (x64)", "80.4.1", "dotnet", "10.0.1"},
      {"Microsoft .NET Framework 4.8", "", "", ""},
      {"Eclipse Temurin JRE with Hotspot 17.0.9+9 (x64)", "17.0.9.9", "eclipse-temurin", "17.0.9"},
      {"Eclipse Temurin JDK with Hotspot 8u392-b08 (x64)", "8.0.392.8", "eclipse-temurin", "8"},
      {"Microsoft Build of OpenJDK with Hotspot 11.0.12+7 (x64)", "11.0.12.7", "microsoft-openjdk", "11.0.12"},
      {"Java(TM) SE Development Kit 21.0.9 (64-bit)", "21.0.9.0", "oracle-jdk", "21.0.9"},
      {"Java 8 Update 431 (64-bit)", "8.0.4310.10", "oracle-jdk", "8", SoftwareOrigin::unknown},
      {"Java Auto Updater", "2.8.431.10", "", ""},
      {"Google Chrome", "150.0.7871.100", "google-chrome", "150.0.7871.100", SoftwareOrigin::unknown},
      {"Microsoft Edge WebView2 Runtime", "155.0.4283.45", "", ""},
      {"Mozilla Firefox (x64 ja)", "135.0", "firefox", "135.0", SoftwareOrigin::unknown},
      {"Mozilla Firefox ESR (x64 ja)", "140.3.0", "firefox-esr", "140.3.0", SoftwareOrigin::unknown},
      {"Mozilla Firefox 102.0 ESR (x64 en-US)", "102.0", "firefox-esr", "102.0", SoftwareOrigin::unknown},
      {"Mozilla Maintenance Service", "135.0", "", ""},
      {"", "", "", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto copy = collectors::software_of_entry(row.name, row.version, "");
    CHECK(copy.has_value() == (*row.product != '\0'));
    if (!copy) continue;
    CHECK(copy->product == row.product);
    CHECK(copy->version == row.expected);
    CHECK(copy->origin == row.origin);
  }
}

TEST_CASE("a product id of Click-to-Run tells the release of Office, or that it does not") {
  const auto told = [](const char* id) {
    const auto copy = collectors::office_of_product(id);
    return copy ? copy->product + " " + copy->version : "none";
  };
  CHECK(told("ProPlus2021Volume") == "microsoft-office 2021");
  CHECK(told("HomeBusiness2019Retail") == "microsoft-office 2019");
  CHECK(told("HomeBusinessRetail") == "microsoft-office 2016");
  CHECK(told("O365BusinessEEANoTeamsRetail") == "microsoft-365 ");
  CHECK(told("HomeBusinessPipcRetail") == "microsoft-office ");
  CHECK(told("VisioProRetail") == "none");
  CHECK(told("VisioPro2019Volume") == "microsoft-office 2019");
}

TEST_CASE("installed programs: both lists of the PC and the person's, without updates; parts are told apart") {
  const auto host = with({{"", {}, {}},
                          entry("{1}", "Part", "1", {{"SystemComponent", number(1)}}),
                          entry("KB5", "Security Update for X", "1", {{"ParentKeyName", text("X")}}),
                          entry("KB6", "Hotfix for X", "1", {{"ReleaseType", text("Hotfix")}}),
                          entry("odd", "Odd", "", {{"DisplayVersion", number(7)}})},
                         {entry("narrow", "Narrow", "2")}, {entry("own", "Own", "3")});
  const auto seen = collectors::installed_entries_windows(host, tanaka());
  REQUIRE(seen);
  CHECK(seen->lists == 3);
  REQUIRE(seen->entries.size() == 4);
  CHECK(seen->entries[0].component);
  CHECK(seen->entries[1].version == "");
  CHECK(seen->entries[2].where == collectors::InstalledFor::everybody32);
  CHECK(seen->entries[3].where == collectors::InstalledFor::one_person);
  const auto inventory = collectors::collect_inventory_windows(host, tanaka());
  REQUIRE(inventory.windows);
  CHECK(inventory.windows->size() == 3);
  CHECK(inventory.windows->front().name == "Narrow");
}

TEST_CASE("a list of programs that may not be read hides them all; a person who is not signed in has none") {
  auto host = with({entry("{1}", "LibreOffice 24.8.7.2")});
  host.answers(kOwn, Error{ErrorKind::not_found, "not loaded"});
  CHECK(collectors::collect_software_windows(host, tanaka()));
  host.answers(kNarrow, Error{ErrorKind::denied, "no"});
  CHECK(collectors::collect_software_windows(host, tanaka()).absent == ErrorKind::denied);
  host.answers(kNarrow, Reply{Registry{{}, {"{secret}"}}});
  CHECK(collectors::collect_software_windows(host, tanaka()).absent == ErrorKind::denied);
  host.answers(kNarrow, Reply{Registry{}});
  CHECK(collectors::collect_software_windows(host, compliance::no_fact<std::vector<WindowsProfile>>({ErrorKind::failed, ""}, "", {}))
            .absent == ErrorKind::failed);
  CHECK(collectors::collect_software_windows(FakeHost(), tanaka()).absent == ErrorKind::not_found);
}

TEST_CASE("Chrome of the PC and of a person, with the version that still runs") {
  auto host = with({entry("Google Chrome", "Google Chrome", "99.0")});
  const auto written = *parse_time("2026-11-19T02:00:00Z");
  host.answers(ReadRegistry{"HKLM\\SOFTWARE" + kChrome, {"pv", "opv"}, RegistryView::bits32},
               Reply{Registry{{{"", written, {{"pv", text("154.0.2")}, {"opv", text("154.0.1")}}}}, {}}});
  host.answers(ReadRegistry{"HKU\\" + kTanaka + "\\Software" + kChrome, {"pv", "opv"}},
               Reply{Registry{{{"", written, {{"pv", text("149.0.1")}}}}, {}}});
  auto found = collectors::collect_software_windows(host, tanaka());
  REQUIRE(found);
  REQUIRE(found->copies.size() == 2);
  CHECK(found->copies[0].version == "154.0.2");
  CHECK(found->copies[0].still_running == "154.0.1");
  CHECK(found->copies[0].brought_up == written);
  CHECK(found->copies[1].version == "149.0.1");
  CHECK_FALSE(found->copies[1].still_running);
  // Without the updater's key the list alone proves no version.
  found = collectors::collect_software_windows(with({entry("Google Chrome", "Google Chrome", "99.0")}), tanaka());
  REQUIRE(found->copies.size() == 1);
  CHECK(found->copies[0].origin == SoftwareOrigin::unknown);
}

TEST_CASE("Firefox tells its version itself; where it cannot be asked its entry proves nothing") {
  auto host = with({entry("Mozilla Firefox", "Mozilla Firefox (x64 ja)", "121.0")}, {}, {entry("f", "Mozilla Firefox (x64 de)", "120.0")});
  host.answers(AskApi{"file_version", {"C:\\Program Files\\Mozilla Firefox\\firefox.exe"}},
               Reply{Rows{{{{"version", text("135.0.1.0")}, {"product_version", text("135.0.1.0")}}}}});
  const auto found = collectors::collect_software_windows(host, tanaka());
  REQUIRE(found);
  REQUIRE(found->copies.size() == 2);
  CHECK(found->copies[0].version == "135.0.1.0");
  CHECK(found->copies[0].origin == SoftwareOrigin::vendor);
  CHECK(found->copies[1].origin == SoftwareOrigin::unknown);
}

TEST_CASE("Click-to-Run: several products, and updates that are switched off by a policy or by itself") {
  const ReadRegistry office{"HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration",
                            {"ProductReleaseIds", "VersionToReport", "UpdatesEnabled"}};
  const ReadRegistry policy{"HKLM\\SOFTWARE\\Policies\\Microsoft\\Office\\16.0\\common\\officeupdate", {"enableautomaticupdates"}};
  auto host = with({});
  host.answers(office, Reply{Registry{{{"",
                                        {},
                                        {{"ProductReleaseIds", text("O365BusinessRetail,VisioProRetail")},
                                         {"VersionToReport", text("16.0.1")},
                                         {"UpdatesEnabled", text("False")}}}},
                                      {}}});
  auto found = collectors::collect_software_windows(host, tanaka());
  REQUIRE(found);
  REQUIRE(found->copies.size() == 1);
  CHECK(found->copies[0].version == "16.0.1");
  CHECK(found->copies[0].updates_off == true);
  host.answers(policy, Reply{Registry{{{"", {}, {{"enableautomaticupdates", number(1)}}}}, {}}});
  CHECK_FALSE(collectors::collect_software_windows(host, tanaka())->copies[0].updates_off);
  host.answers(policy, Error{ErrorKind::denied, "no"});
  CHECK(collectors::collect_software_windows(host, tanaka()).absent == ErrorKind::denied);
}

TEST_CASE("of .NET Framework only what ends before Windows itself is a copy") {
  for (const auto& [release, version] :
       {std::pair<std::int64_t, std::string>{394802, "4.6.2"}, {394271, "4.6.1"}, {460798, ""}, {533320, ""}, {1, ""}}) {
    CAPTURE(release);
    auto host = with({});
    host.answers(ReadRegistry{"HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full", {"Release"}},
                 Reply{Registry{{{"", {}, {{"Release", number(release)}}}}, {}}});
    const auto found = collectors::collect_software_windows(host, tanaka());
    REQUIRE(found);
    CHECK(found->copies.size() == (version.empty() ? 0 : 1));
    if (!found->copies.empty()) CHECK(found->copies[0].version == version);
  }
}

TEST_CASE("the hardware of a Windows PC") {
  auto host = with({});
  CHECK(collectors::collect_inventory_windows(host, tanaka()).hardware.absent == ErrorKind::not_found);
  host.answers(
      AskApi{.api = "hardware"},
      Reply{Rows{{{{"vendor", text("Maker")}, {"model", text("Model")}, {"processor", text("CPU")}, {"memory_mib", number(16000)}}}}});
  const auto hardware = collectors::collect_inventory_windows(host, tanaka()).hardware;
  REQUIRE(hardware);
  CHECK(hardware->memory_mib == 16000);
  host.answers(AskApi{.api = "hardware"}, Reply{Rows{}});
  CHECK(collectors::collect_inventory_windows(host, tanaka()).hardware.absent == ErrorKind::malformed);
}

}  // namespace gokajo::tests
