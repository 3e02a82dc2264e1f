/// \file
/// Which machine this is: the facts every rule leans on.
#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

enum class OsFamily { linux_os, windows, macos };
BOOST_DESCRIBE_ENUM(OsFamily, linux_os, windows, macos)

/// os-release(5), unquoted. `id_like` in its order. Empty: the file does not say. `support_end`: SUPPORT_END, a calendar day.
struct OsRelease {
  std::string id;
  std::string name;  ///< NAME
  std::vector<std::string> id_like;
  std::string version_id;
  std::string variant_id;
  std::string pretty_name;
  std::string codename;         ///< VERSION_CODENAME
  std::string debian_codename;  ///< DEBIAN_CODENAME of derivatives
  std::string ubuntu_codename;  ///< UBUNTU_CODENAME of derivatives
  std::optional<Time> support_end;
};
BOOST_DESCRIBE_STRUCT(OsRelease, (),
                      (id, name, id_like, version_id, variant_id, pretty_name, codename, debian_codename, ubuntu_codename, support_end))

/// What takes a check out of its usual meaning (evidence/linux.md section 0.6): each is a proven fact or false.
struct Surroundings {
  bool container = false;
  bool wsl = false;
  bool live_medium = false;
  bool ostree = false;
  bool nixos = false;
};
BOOST_DESCRIBE_STRUCT(Surroundings, (), (container, wsl, live_medium, ostree, nixos))

struct System {
  OsFamily family = OsFamily::linux_os;
  std::string host_name;
  std::string kernel_release;
  std::string kernel_version;
  std::string machine;
  bool elevated = false;
  std::optional<Time> booted;
};
BOOST_DESCRIBE_STRUCT(System, (), (family, host_name, kernel_release, kernel_version, machine, elevated, booted))

/// On which calendar days this PC was on, in Japan's offset (midnight UTC of that day, as in lifecycle.h), sorted, at most the last 60.
/// Never a clock time: people see dates, and nobody can make a time card of it. The record covers every day from `first_day` to the day of
/// observed_at; a day of these that stands in neither list it was off, all day long. `unsure`: it may have been on (no shutdown was written
/// before the next start, a clock was wrong). A PC asleep within one start counts as on: a record of starts and shutdowns cannot tell, and
/// counting too many days on errs to the strict side.
struct PoweredOn {
  Time first_day{};
  std::vector<Time> days;
  std::vector<Time> unsure;
};
BOOST_DESCRIBE_STRUCT(PoweredOn, (), (first_day, days, unsure))

/// Which Windows this is. Never from ProductName, which says "Windows 10" on Windows 11: product type, edition and build together decide,
/// for builds are shared by clients and servers. `edition`: EditionID ("Core", "Professional", "EnterpriseS", "ServerStandard" …); `level`:
/// UBR, the monthly update in force; absent where Windows does not say. `core`: Server Core. `uefi`: the PC starts by UEFI, not a BIOS.
enum class WindowsKind { workstation, domain_controller, server };
BOOST_DESCRIBE_ENUM(WindowsKind, workstation, domain_controller, server)
struct WindowsRelease {
  WindowsKind kind = WindowsKind::workstation;
  std::string edition;
  std::int64_t build = 0;
  std::optional<std::int64_t> level;
  std::string display_version;  ///< "25H2"; empty before 20H2
  bool core = false;
  std::optional<bool> uefi;
};
BOOST_DESCRIBE_STRUCT(WindowsRelease, (), (kind, edition, build, level, display_version, core, uefi))

struct Device {
  Fact<System> system;
  Fact<OsRelease> os;  ///< asked on Linux only
  Fact<Surroundings> surroundings;
  Fact<PoweredOn> powered_on;    ///< unsupported in containers
  Fact<WindowsRelease> windows;  ///< asked on Windows only
};
BOOST_DESCRIBE_STRUCT(Device, (), (system, os, surroundings, powered_on, windows))

}  // namespace gokajo::compliance
