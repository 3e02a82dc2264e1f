#include "collectors/collect.h"

#include <functional>

#include "collectors/antivirus.h"
#include "collectors/autorun.h"
#include "collectors/backup.h"
#include "collectors/device.h"
#include "collectors/disk.h"
#include "collectors/inventory.h"
#include "collectors/passwords.h"
#include "collectors/people.h"
#include "collectors/powered_on.h"
#include "collectors/safeguards_windows.h"
#include "collectors/sharing.h"
#include "collectors/sign_in_windows.h"
#include "collectors/software.h"
#include "collectors/support.h"
#include "collectors/threats.h"
#include "collectors/updates.h"
#include "collectors/wifi.h"

namespace gokajo::collectors {

namespace {

using Tell = std::function<void(const char*)>;

compliance::Evidence collect_linux(const platform::Host& host, Scope scope, const Tell& tell) {
  compliance::Evidence evidence;
  tell("device");
  evidence.device = collect_device_linux(host);
  evidence.device.powered_on = collect_powered_on_linux(host, evidence.device);
  tell("updates");
  collect_updates_linux(host, evidence.device, evidence.updates);
  evidence.updates.ubuntu_pro = collect_ubuntu_pro_linux(host, evidence.device);
  evidence.updates.ends_said = collect_ends_said_linux(host, evidence.device);
  evidence.updates.software = collect_software_linux(host, evidence.device);
  evidence.updates.release_pin = collect_release_pin_linux(host, evidence.device);
  tell("antivirus");
  evidence.antivirus = collect_antivirus_linux(host);
  tell("sharing");
  evidence.sharing = collect_sharing_linux(host);
  tell("threats");
  evidence.threats.people = collect_briefing_readers_linux(host);
  tell("passwords");
  evidence.passwords = collect_passwords_linux(host, evidence.device);
  tell("extras");
  evidence.extras.volumes = collect_disk_linux(host);
  evidence.extras.wifi = collect_wifi_linux(host);
  evidence.extras.autorun = collect_autorun_linux(host);
  evidence.extras.backup = collect_backup_linux(host);
  evidence.extras.people = collect_people_linux(host);
  evidence.inventory =
      scope.inventory ? collect_inventory_linux(host, evidence.device) : compliance::inventory_left_out(evidence.device.system.observed_at);
  return evidence;
}

// A topic that is not here yet is not asked: 測定不能, and no Linux path is looked for.
compliance::Evidence collect_windows(const platform::Host& host, Scope scope, const Tell& tell) {
  compliance::Evidence evidence;
  tell("device");
  evidence.device = collect_device_windows(host);
  evidence.device.powered_on = collect_powered_on_windows(host);
  tell("sharing");
  evidence.sharing = collect_sharing_windows(host, evidence.device);
  tell("passwords");
  evidence.passwords.windows = collect_sign_in_windows(host);
  tell("threats");
  evidence.threats.people = collect_briefing_readers_windows(host, evidence.device, evidence.passwords.windows);
  tell("updates");
  collect_updates_windows(host, evidence.device, evidence.updates);
  const auto& people = evidence.passwords.windows.profiles;
  evidence.updates.software = collect_software_windows(host, people);
  tell("antivirus");
  evidence.antivirus = collect_antivirus_windows(host, evidence.device);
  tell("extras");
  evidence.extras.volumes = collect_disk_windows(host);
  evidence.extras.wifi = collect_wifi_windows(host, evidence.device);
  evidence.extras.backup = collect_backup_windows(host, people);
  evidence.extras.windows_uac = collect_uac_windows(host);
  evidence.extras.windows_smartscreen = collect_smartscreen_windows(host);
  evidence.extras.windows_autorun = collect_autorun_windows(host);
  evidence.extras.windows_macros = collect_macros_windows(host, people);
  evidence.extras.windows_secure_boot = collect_secure_boot_windows(host);
  evidence.extras.windows_boot_certificates = collect_boot_certificates_windows(host);
  evidence.inventory =
      scope.inventory ? collect_inventory_windows(host, people) : compliance::inventory_left_out(evidence.device.system.observed_at);
  return evidence;
}

}  // namespace

compliance::Evidence collect(const platform::Host& host, Scope scope, Progress progress, void* context) {
  const Tell tell = [&](const char* topic) {
    if (progress) progress(topic, context);
  };
  const auto system = collect_system(host);
  return system && system->family == compliance::OsFamily::windows ? collect_windows(host, scope, tell) : collect_linux(host, scope, tell);
}

}  // namespace gokajo::collectors
