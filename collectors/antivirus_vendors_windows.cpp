#include "collectors/antivirus_vendors_windows.h"

#include "collectors/cim_time.h"
#include "collectors/rows.h"

namespace gokajo::collectors {

using compliance::Time;
using platform::Host, platform::ReadRegistry, platform::RegistryView;

namespace {

// A value in either of the two registries: most products are 32-bit programs.
std::optional<std::string> value_of(const Host& host, const char* key, const char* name) {
  for (const auto view : {RegistryView::bits64, RegistryView::bits32}) {
    const auto seen = values_of(host, ReadRegistry{key, {name}, view});
    if (!seen) continue;
    if (const auto text = text_in(*seen, name); text && *text) return **text;
  }
  return std::nullopt;
}

// "00000 (20261123)": the counter before it says nothing.
std::optional<Time> eset(const Host& host) {
  const auto text = value_of(host, "HKLM\\SOFTWARE\\ESET\\ESET Security\\CurrentVersion\\Info", "ScannerVersion");
  const auto start = text ? text->find('(') : std::string::npos;
  return start == std::string::npos ? std::nullopt : parse_day(std::string_view(*text).substr(start + 1));
}

// "23-11-2026 08-30-00" in UTC.
std::optional<Time> kaspersky(const Host& host) {
  const auto text =
      value_of(host, "HKLM\\SOFTWARE\\KasperskyLab\\Components\\34\\1103\\1.0.0.0\\Statistics\\AVState", "Protection_BasesDate");
  if (!text || text->size() < 10 || (*text)[2] != '-' || (*text)[5] != '-') return std::nullopt;
  return parse_day(text->substr(6, 4) + text->substr(3, 2) + text->substr(0, 2));
}

std::optional<Time> day_in(const Host& host, const char* key, const char* name) {
  const auto text = value_of(host, key, name);
  return text ? parse_day(*text) : std::nullopt;
}

}  // namespace

const std::vector<WindowsVendor>& windows_vendors() {
  static const std::vector<WindowsVendor> vendors = {
      {"Trend Micro Security Agent", {"Trend Micro", "Apex One"}, {"ntrtscan", "tmlisten"}},
      {"ウイルスバスター クラウド", {"ウイルスバスター"}, {"Amsp"}},
      {"Trend Micro Deep Security", {"Deep Security"}, {"ds_agent"}},
      {"ESET", {"ESET"}, {"ekrn"}},
      {"Symantec Endpoint Protection", {"Symantec"}, {"SepMasterService"}},
      {"Norton", {"Norton"}, {"NortonSvc"}},
      {"McAfee / Trellix", {"McAfee", "Trellix"}, {"mfemms", "mfetp"}},
      {"Sophos", {"Sophos"}, {"SEDService"}},
      {"Kaspersky", {"Kaspersky"}, {"AVP"}},
      {"WithSecure / F-Secure", {"WithSecure", "F-Secure"}, {"fshoster", "fsulhoster"}},
      {"Panda", {"Panda"}, {"PSUAService", "NanoServiceMain"}},
      {"CrowdStrike Falcon", {"CrowdStrike"}, {"CSFalconService"}, false},
      {"Cybereason", {"Cybereason"}, {"CybereasonActiveProbe"}, false},
      {"SentinelOne", {"Sentinel"}, {"SentinelAgent"}, false},
      {"Cortex XDR", {"Cortex"}, {"cyserver"}, false},
  };
  return vendors;
}

platform::AskApi antivirus_services() {
  platform::AskApi question{.api = "services", .arguments = {"WinDefend"}};
  for (const auto& vendor : windows_vendors())
    for (const auto name : vendor.services) question.arguments.emplace_back(name);
  return question;
}

const WindowsVendor* vendor_named(std::string_view product) {
  for (const auto& vendor : windows_vendors())
    for (const auto name : vendor.names)
      if (product.find(name) != std::string_view::npos) return &vendor;
  return nullptr;
}

std::optional<Time> written_date(const Host& host, const WindowsVendor& vendor) {
  if (vendor.name == "ESET") return eset(host);
  if (vendor.name == "Kaspersky") return kaspersky(host);
  if (vendor.name.starts_with("Symantec"))
    return day_in(host, "HKLM\\SOFTWARE\\Symantec\\Symantec Endpoint Protection\\CurrentVersion\\public-opstate", "LatestVirusDefsDate");
  if (vendor.name.starts_with("McAfee")) return day_in(host, "HKLM\\SOFTWARE\\McAfee\\AVSolution\\DS\\DS", "szContentCreationDate");
  return std::nullopt;
}

}  // namespace gokajo::collectors
