#include "collectors/rows.h"
#include "collectors/seen.h"
#include "collectors/support.h"
#include "collectors/updates.h"

namespace gokajo::collectors {

using compliance::Device, compliance::Fact, compliance::RestartMark, compliance::Updates, compliance::UpdateSource,
    compliance::UpdateSources, compliance::WindowsUpdateServices, compliance::WindowsUpdateSettings;
using platform::AskApi, platform::ask, platform::ErrorKind, platform::Host, platform::ReadRegistry, platform::Row, platform::Rows,
    platform::Seen, platform::Time;

namespace {

constexpr const char* kPolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate";
constexpr const char* kManaged = "HKLM\\SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\Update";
constexpr const char* kPauses = "HKLM\\SOFTWARE\\Microsoft\\WindowsUpdate\\UX\\Settings";
constexpr const char* kServicing = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing";
constexpr const char* kClientMark = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired";
constexpr std::int64_t kDisabled = 4;  // SERVICE_DISABLED

// Puts a number where it stands; the problem of one that is of another type.
std::optional<std::string> take(const Row& row, const char* name, std::optional<std::int64_t>& into) {
  auto number = number_in(row, name);
  if (!number) return number.error().detail;
  into = *number;
  return std::nullopt;
}

std::optional<std::string> take_pauses(const Row& row, std::optional<Time>& into) {
  for (const char* name : {"PauseUpdatesExpiryTime", "PauseQualityUpdatesEndTime"}) {
    const auto text = text_in(row, name);
    if (!text) return text.error().detail;
    if (!*text || (*text)->empty()) continue;
    const auto end = platform::parse_time(**text);
    if (!end) return std::string(name) + ": expected a time";
    into = std::max(into.value_or(*end), *end);
  }
  return std::nullopt;
}

// The address of the company's own server: without what stands before an @.
std::string without_credentials(const std::string& address) {
  const auto start = address.find("://");
  const auto at = address.rfind('@');
  if (at == std::string::npos) return address;
  return (start == std::string::npos ? "" : address.substr(0, start + 3)) + address.substr(at + 1);
}

Fact<WindowsUpdateSettings> settings(const Host& host) {
  const auto policy = values_of(host, ReadRegistry{kPolicy, {"WUServer"}});
  const auto client = values_of(host, ReadRegistry{std::string(kPolicy) + "\\AU", {"NoAutoUpdate", "AUOptions", "UseWUServer"}});
  const auto managed = values_of(host, ReadRegistry{kManaged, {"AllowAutoUpdate", "AllowRebootlessUpdates"}});
  const auto pauses = values_of(host, ReadRegistry{kPauses, {"PauseUpdatesExpiryTime", "PauseQualityUpdatesEndTime"}});
  for (const auto* seen : {&policy, &client, &managed, &pauses})
    if (!*seen) return unavailable<WindowsUpdateSettings>(*seen);
  WindowsUpdateSettings found;
  std::optional<std::int64_t> own_server, hotpatches;
  for (const auto& problem : {take(*client, "NoAutoUpdate", found.no_automatic), take(*client, "AUOptions", found.options),
                              take(*client, "UseWUServer", own_server)})
    if (problem) return malformed<WindowsUpdateSettings>(*problem, client);
  for (const auto& problem : {take(*managed, "AllowAutoUpdate", found.managed), take(*managed, "AllowRebootlessUpdates", hotpatches)})
    if (problem) return malformed<WindowsUpdateSettings>(*problem, managed);
  if (const auto problem = take_pauses(*pauses, found.paused_until)) return malformed<WindowsUpdateSettings>(*problem, pauses);
  const auto server = text_in(*policy, "WUServer");
  if (!server) return malformed<WindowsUpdateSettings>(server.error().detail, policy);
  if (own_server == 1) found.server = without_credentials(server->value_or(""));
  found.hotpatches = hotpatches == 1;
  return observed(std::move(found), client);
}

Fact<WindowsUpdateServices> services(const Host& host) {
  const std::vector<std::string> names = {"wuauserv", "UsoSvc"};
  const auto seen = ask(host, AskApi{.api = "services", .arguments = names});
  if (!seen) return unavailable<WindowsUpdateServices>(seen);
  WindowsUpdateServices found;
  for (const auto& name : names) {
    bool there = false;
    for (const auto& row : seen->rows) {
      const auto of = text_in(row, "name");
      if (!of || *of != name) continue;
      const auto start = number_in(row, "start");
      if (!start || !*start) return malformed<WindowsUpdateServices>(name + ": no start", seen);
      there = true;
      if (**start == kDisabled) found.disabled.push_back(name);
    }
    if (!there) found.missing.push_back(name);
  }
  return observed(std::move(found), seen);
}

Fact<UpdateSources> sources(const Seen<Rows>& client, const Fact<WindowsUpdateSettings>& settings) {
  if (!client) return unavailable<UpdateSources>(client);
  if (client->rows.size() != 1) return malformed<UpdateSources>("expected one row", client);
  const auto searched = text_in(client->rows.front(), "searched");
  if (!searched) return malformed<UpdateSources>(searched.error().detail, client);
  UpdateSource source;
  source.name = settings && !settings->server.empty() ? settings->server : "Windows Update";
  source.security = compliance::Tristate::yes;
  if (*searched) {
    source.fetched_at = platform::parse_time(**searched);
    if (!source.fetched_at) return malformed<UpdateSources>("searched: expected a time", client);
  }
  UpdateSources found;
  found.manager = compliance::PackageManager::windows_update;
  found.security_channel = compliance::SecurityChannel::own_archive;
  found.sources.push_back(std::move(source));
  return observed(std::move(found), client);
}

Fact<bool> restart_wanted(const Seen<Rows>& client, const Device& device) {
  if (!client) return unavailable<bool>(client);
  if (client->rows.size() != 1) return malformed<bool>("expected one row", client);
  const auto& row = client->rows.front();
  const auto wanted = truth_in(row, "reboot_required");
  if (!wanted) return malformed<bool>(wanted.error().detail, client);
  if (!*wanted) return compliance::no_fact<bool>(missing_in(row, "reboot_required"), client.source, client.observed_at);
  // A restart since an earlier answer was the one that was wanted. That none was wanted stays so, but for what leaves marks.
  const auto booted = device.system ? device.system->booted : std::nullopt;
  if (client.no_newer && **wanted && (!booted || *booted >= client.observed_at))
    return compliance::no_fact<bool>(*client.no_newer, client.source, client.observed_at);
  return observed(**wanted, client);
}

// Keys that are there only while a restart is due: that of the update client, and those of the part that puts updates in place.
Fact<std::vector<RestartMark>> restart_marks(const Host& host) {
  const auto client = ask(host, ReadRegistry{.key = kClientMark});
  const auto servicing = ask(host, ReadRegistry{.key = kServicing, .depth = 1});
  std::vector<RestartMark> found;
  if (!client && client.error().kind != ErrorKind::not_found) return unavailable<std::vector<RestartMark>>(client);
  if (!servicing) return unavailable<std::vector<RestartMark>>(servicing);
  if (client && client->keys.empty()) return malformed<std::vector<RestartMark>>("the answer lacks the key itself", client);
  if (client) found.push_back({"RebootRequired", client->keys.front().changed});
  for (const std::string name : {"RebootPending", "RebootInProgress", "PackagesPending"}) {
    for (const auto& denied : servicing->denied)
      if (denied == name)
        return compliance::no_fact<std::vector<RestartMark>>({ErrorKind::denied, name}, servicing.source, servicing.observed_at);
    for (const auto& key : servicing->keys)
      if (key.path == name) found.push_back({name, key.changed});
  }
  return observed(std::move(found), servicing);
}

}  // namespace

void collect_updates_windows(const Host& host, const Device& device, Updates& into) {
  const auto client = ask(host, AskApi{.api = "update_client"});
  into.windows_settings = settings(host);
  into.windows_services = services(host);
  into.sources = sources(client, into.windows_settings);
  into.windows_restart_wanted = restart_wanted(client, device);
  into.windows_restart_marks = restart_marks(host);
  into.windows_licences = collect_extended_licences_windows(host, device);
  into.windows_enrolment = collect_extended_enrolment_windows(host, device);
}

}  // namespace gokajo::collectors
