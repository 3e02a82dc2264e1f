#include <algorithm>

#include "collectors/backup.h"
#include "collectors/rows.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Backup, compliance::BackupTool, compliance::Fact, compliance::no_fact, compliance::Time, compliance::WindowsProfile;
using platform::AskApi, platform::ask, platform::ErrorKind, platform::Host, platform::ReadRegistry, platform::Rows, platform::Seen;

namespace {

using Tools = std::vector<BackupTool>;

// Services of programs that make backups. One that is there says neither when it last finished nor where to.
struct Product {
  const char* service;
  const char* name;
};

constexpr const char* kFileHistory = "fhsvc";
constexpr Product kProducts[] = {{"VeeamEndpointBackupSvc", "Veeam Agent"},
                                 {"AcronisAgent", "Acronis"},
                                 {"AcrSch2Svc", "Acronis"},
                                 {"AcronisCyberProtectionService", "Acronis"},
                                 {"MacriumService", "Macrium Reflect"},
                                 {"ShadowProtectSvc", "ShadowProtect"},
                                 {"bzserv", "Backblaze"},
                                 {"CarboniteService", "Carbonite"},
                                 {kFileHistory, "File History"}};

constexpr std::int64_t kRunning = 4;  // SERVICE_RUNNING

void add(Tools& tools, const char* name, const std::string& source, Time at) {
  const bool there = std::any_of(tools.begin(), tools.end(), [&](const auto& tool) { return tool.name == name; });
  if (there) return;
  BackupTool tool;
  tool.name = name;
  tool.last = no_fact<Time>({ErrorKind::unsupported, "not told"}, source, at);
  tools.push_back(std::move(tool));
}

Fact<Tools> products(const Host& host) {
  AskApi question{.api = "services", .arguments = {}};
  for (const auto& product : kProducts) question.arguments.emplace_back(product.service);
  const auto seen = ask(host, question);
  if (!seen) return unavailable<Tools>(seen);
  Tools tools;
  for (const auto& row : seen->rows) {
    const auto name = text_in(row, "name");
    const auto state = number_in(row, "state");
    if (!name || !*name || !state || !*state) return malformed<Tools>("expected name and state", seen);
    for (const auto& product : kProducts) {
      if (**name != product.service) continue;
      // Its service is on every workstation, and runs where somebody switched File History on.
      if (product.service == kFileHistory && **state != kRunning) continue;
      add(tools, product.name, seen.source, seen.observed_at);
    }
  }
  return observed(std::move(tools), seen);
}

// Whether the desktop or the documents of this person lie in OneDrive's folder, which it keeps in step with the cloud.
Fact<bool> kept_in_onedrive(const Host& host, const std::string& sid) {
  const auto folders =
      values_of(host, ReadRegistry{"HKU\\" + sid + "\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders",
                                   {"Desktop", "Personal"}});
  if (!folders) return unavailable<bool>(folders);
  for (const char* account : {"Personal", "Business1", "Business2"}) {
    const auto values =
        values_of(host, ReadRegistry{"HKU\\" + sid + "\\Software\\Microsoft\\OneDrive\\Accounts\\" + account, {"UserFolder"}});
    if (!values) return unavailable<bool>(values);
    const auto root = text_in(*values, "UserFolder");
    if (!root) return malformed<bool>(root.error().detail, values);
    if (!*root || (*root)->empty()) continue;
    for (const char* folder : {"Desktop", "Personal"}) {
      const auto path = text_in(*folders, folder);
      if (path && *path && (*path)->starts_with(**root + "\\")) return observed(true, folders);
    }
  }
  return observed(false, folders);
}

}  // namespace

Backup collect_backup_windows(const Host& host, const Fact<std::vector<WindowsProfile>>& people) {
  Backup backup;
  backup.tools = products(host);
  if (!people) {
    backup.homes_seen = no_fact<bool>({people.absent, people.detail}, people.source, people.observed_at);
    return backup;
  }
  backup.homes_seen = compliance::fact(true, people.source, people.observed_at);
  for (const auto& person : *people) {
    const auto kept = kept_in_onedrive(host, person.sid);
    if (!kept)
      backup.homes_seen = kept;
    else if (*kept && backup.tools)
      add(*backup.tools, "OneDrive", kept.source, kept.observed_at);
  }
  return backup;
}

}  // namespace gokajo::collectors
