#include "agent/windows_proof.h"

#include <algorithm>
#include <array>
#include <regex>
#include <set>

namespace gokajo::agent {

using platform::Json;

namespace {

// What is to be proven, by which of the answers. `begins`: an API, a WMI class or the beginning of a registry key.
struct Item {
  const char* what;
  std::array<const char*, 5> begins;
};
constexpr std::array<Item, 12> kItems = {{
    {"zone of the dates in the update history: compare a row with Settings, Update history", {"update_history", "update_client"}},
    {"traces of extended updates of Windows 10 (Home and Pro)",
     {"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform\\ESU", "SoftwareLicensingProduct"}},
    {"level (UBR) before and after a restart: make one file before and one after it",
     {"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion",
      "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing"}},
    {"antivirus products: their names, states and versions",
     {"security_products", "AntiVirusProduct", "security_health", "MSFT_MpComputerStatus"}},
    {"firewall: its own, a policy's, another maker's",
     {"firewall", "FirewallProduct", "networks", "HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall"}},
    {"Wi-Fi as the service sees it, with location services on and off", {"wifi_in_use", "wifi_saved"}},
    {"signing and guests of shared folders, on a new and an upgraded Windows",
     {"MSFT_SmbServerConfiguration", "MSFT_SmbClientConfiguration", "HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer"}},
    {"password protected sharing: make one file with it on and one with it off",
     {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa", "users", "account_rights"}},
    {"a shared folder's descriptor: share a folder with Explorer, net share and New-SmbShare", {"shares"}},
    {"certificates of Secure Boot", {"HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecureBoot"}},
    {"browsers: the version that waits for a restart",
     {"HKLM\\SOFTWARE\\Google\\Update\\Clients", "HKLM\\SOFTWARE\\Microsoft\\EdgeUpdate\\Clients", "HKU\\"}},
    {"drive encryption of a new Home PC", {"Win32_EncryptableVolume", "drives"}},
}};

// Texts that name a product, an edition, a state: never a person, a PC, a company or a place.
const std::set<std::string, std::less<>>& telling() {
  static const std::set<std::string, std::less<>> kColumns = {
      "EditionID",      "DisplayVersion", "InstallationType", "ProductName",      "ReleaseId",        "AMRunningMode",      "displayName",
      "Caption",        "family",         "severity",         "vendor",           "authentication",   "encryption",         "right",
      "AutoAdminLogon", "ReleaseType",    "file_system",      "UEFICA2023Status", "ScreenSaveActive", "ScreenSaverIsSecure"};
  return kColumns;
}

bool is_plain(const std::string& text) {
  static const std::regex kPlain(
      R"(|\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?|[vV]?\d+([._]\d+)*|(KB)?\d+|0x[0-9a-fA-F]+|\{?[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?)");
  return text.size() <= 64 && std::regex_match(text, kPlain);
}

// S-1-5-21-… of a machine or domain and S-1-12-1-… of Entra: the last number tells what kind of account it is.
std::string without_machine(const std::string& text) {
  static const std::regex kOwn(R"(S-1-5-21(-\d+){3}(-\d+)?|S-1-12-1(-\d+){4})");
  std::string out;
  auto rest = text.cbegin();
  for (std::sregex_iterator at(text.begin(), text.end(), kOwn), end; at != end; ++at) {
    out.append(rest, (*at)[0].first);
    out += text.compare(static_cast<std::size_t>(at->position()), 8, "S-1-5-21") == 0 ? "S-1-5-21-#-#-#" + (*at)[2].str() : "S-1-12-1-#";
    rest = (*at)[0].second;
  }
  out.append(rest, text.cend());
  return out;
}

std::string letters(const std::string& text) {
  const auto count = std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return "(" + std::to_string(count) + " letters)";
}

bool is_sid(const std::string& text) {
  static const std::regex kSid(R"(S-1-\d+(-\d+)*)");
  return text.size() < 200 && std::regex_match(text, kSid);
}

// Security descriptors speak of SIDs and rights only.
bool is_sddl(std::string_view column) { return column.ends_with("_sddl"); }

Json without_names(const Json& value, const std::string& column, bool product) {
  if (value.is_string()) {
    const auto text = value.get<std::string>();
    if (is_sid(text) || is_sddl(column)) return without_machine(text);
    if (is_plain(text) || telling().contains(column) || (product && column == "name")) return text;
    return letters(text);
  }
  if (value.is_array()) {
    Json all = Json::array();
    for (const auto& one : value) all.push_back(without_names(one, column, product));
    return all;
  }
  if (value.is_object()) return value.contains("base64") ? Json("(bytes)") : Json("(an object)");
  return value;
}

Json row_of(const Json& row, bool product) {
  Json out = Json::object();
  for (const auto& [column, value] : row.items()) out[column] = without_names(value, column, product);
  return out;
}

// The parts of a key below the one asked for: SIDs, versions and GUIDs stay, names do not.
std::string path_of(const std::string& path) {
  std::string out;
  for (std::size_t from = 0; from <= path.size();) {
    const auto to = std::min(path.find('\\', from), path.size());
    const auto part = path.substr(from, to - from);
    if (from > 0) out += '\\';
    out += is_sid(part) ? without_machine(part) : is_plain(part) ? part : letters(part);
    from = to + 1;
  }
  return out;
}

// Only that it failed, and the numbers Windows gave.
Json error_of(const Json& error) {
  static const std::regex kNumber("0x[0-9a-fA-F]{1,8}");
  Json numbers = Json::array();
  const auto detail = error.value("detail", "");
  for (std::sregex_iterator at(detail.begin(), detail.end(), kNumber), end; at != end; ++at) numbers.push_back(at->str());
  return {{"kind", error.value("kind", "")}, {"numbers", std::move(numbers)}};
}

Json reply_of(const Json& reply, const std::string& asked) {
  const bool installed = asked.find("\\Uninstall") != std::string::npos;  // what somebody installed is his
  Json out = Json::array();
  if (reply.contains("keys"))
    for (const auto& key : reply.at("keys")) {
      if (installed) continue;
      out.push_back({{"path", path_of(key.value("path", ""))}, {"values", row_of(key.at("values"), false)}});
    }
  if (reply.contains("rows"))
    for (const auto& row : reply.at("rows")) out.push_back(row_of(row, asked == "security_products"));
  return installed ? Json{{"count", reply.contains("keys") ? reply.at("keys").size() : 0}} : out;
}

// What a question asks of, and how it is told; empty: not of Windows.
struct Asked {
  std::string of;
  Json told;
};
Asked asked_of(const Json& question) {
  const auto kind = question.begin().key();
  const Json& asked = *question.begin();
  if (kind == platform::ReadRegistry::kName)
    return {asked.at("key").get<std::string>(),
            {{"registry", without_machine(asked.at("key").get<std::string>())}, {"view", asked.at("view")}}};
  if (kind == platform::AskWmi::kName) return {asked.at("class_name").get<std::string>(), {{"wmi", asked.at("class_name")}}};
  if (kind == platform::AskApi::kName) {
    const auto api = asked.at("api").get<std::string>();
    const bool of_file = api == "file_version";  // its argument is a path
    return {api, {{"api", api}, {"arguments", of_file ? Json::array() : without_names(asked.at("arguments"), "", false)}}};
  }
  return {};
}

Json items_of(const Json& answers) {
  Json items = Json::array();
  for (std::size_t i = 0; i < kItems.size(); ++i) {
    Json held = Json::array();
    for (std::size_t at = 0; at < answers.size(); ++at) {
      const auto& asked = answers[at].at("asked");
      const auto of = asked.value("registry", asked.value("wmi", asked.value("api", "")));
      const auto& begins = kItems[i].begins;
      if (std::any_of(begins.begin(), begins.end(), [&](const char* begin) { return begin && of.starts_with(begin); })) held.push_back(at);
    }
    items.push_back({{"number", i + 1}, {"what", kItems[i].what}, {"answers", std::move(held)}, {"seen_by_you", ""}});
  }
  return items;
}

}  // namespace

std::string windows_proof(const platform::Snapshot& snapshot, const ScanResult& result, const std::string& version) {
  const auto recorded = Json::parse(platform::write_snapshot(snapshot));
  Json answers = Json::array();
  for (const auto& answer : recorded.at("answers")) {
    auto asked = asked_of(answer.at("question"));
    if (asked.of.empty()) continue;
    Json one = {{"asked", std::move(asked.told)}};
    if (answer.contains("error"))
      one["error"] = error_of(answer.at("error"));
    else
      one["reply"] = reply_of(*answer.at("reply").begin(), asked.of);
    answers.push_back(std::move(one));
  }
  Json findings = Json::array();
  for (const auto& judged : result.judgement.findings) {
    Json one = {
        {"check", judged.finding.check}, {"verdict", platform::to_form(judged.finding.verdict)}, {"situation", judged.finding.situation}};
    if (judged.finding.absence) one["reason"] = platform::to_form(judged.finding.absence->reason);
    findings.push_back(std::move(one));
  }
  const Json proof = {{"format", kWindowsProofFormat},
                      {"version", version},
                      {"made_on", platform::format_time(snapshot.recorded_at).substr(0, 10)},
                      {"items", items_of(answers)},
                      {"findings", std::move(findings)},
                      {"answers", std::move(answers)}};
  return proof.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gokajo::agent
