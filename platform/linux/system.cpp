#include "platform/linux/system.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>

namespace gokajo::platform {

std::optional<Time> boot_time() {
  std::ifstream stat("/proc/stat");
  std::string key;
  std::int64_t value = 0;
  while (stat >> key) {
    if (key == "btime" && stat >> value) return Time{std::chrono::seconds{value}};
    stat.ignore(1 << 20, '\n');
  }
  return std::nullopt;
}

Result<SystemDescription> describe_system(Time now) {
  utsname name{};
  if (uname(&name) != 0) return Error{ErrorKind::failed, "uname"};
  SystemDescription system;
  system.family = OsFamily::linux_os;
  system.host_name = name.nodename;
  system.kernel_release = name.release;
  system.kernel_version = name.version;
  system.machine = name.machine;
  system.uid = geteuid();
  system.elevated = geteuid() == 0;
  system.booted = boot_time();
  system.now = now;
  return system;
}

}  // namespace gokajo::platform
