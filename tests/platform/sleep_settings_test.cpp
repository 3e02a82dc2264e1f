#include "platform/sleep_settings.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace platform;

namespace {

// A machine that can sleep, and whatever else.
struct Machine {
  TemporaryDirectory directory;
  Machine() { write("/sys/power/state", "freeze mem disk\n"); }
  void write(const std::string& path, const std::string& text) const {
    const std::filesystem::path file = directory.path() + path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  void link(const std::string& path, const std::string& to) const {
    const std::filesystem::path file = directory.path() + path;
    std::filesystem::create_directories(file.parent_path());
    std::filesystem::create_symlink(to, file);
  }
  Sleep sleep() const { return sleep_settings(directory.path()); }
};

}  // namespace

// logind.conf(5): IdleAction is "ignore" unless set; HandleLidSwitch is "suspend".
TEST_CASE("a machine sleeps by itself where a setting, a desktop or a lid makes it") {
  CHECK(Machine().sleep() == Sleep::never);
  Machine idle;
  idle.write("/etc/systemd/logind.conf", "[Login]\n#IdleAction=ignore\nIdleAction=suspend\n");
  CHECK(idle.sleep() == Sleep::when_idle);
  // The drop-in of the same name in /etc stands before the one of the package, and the last name wins.
  idle.write("/usr/lib/systemd/logind.conf.d/50-vendor.conf", "[Login]\nIdleAction=hibernate\n");
  idle.write("/etc/systemd/logind.conf.d/50-vendor.conf", "[Login]\n IdleAction = ignore\n");
  CHECK(idle.sleep() == Sleep::never);
  idle.write("/etc/systemd/logind.conf.d/90-own.conf", "[Login]\nIdleAction=suspend-then-hibernate\n");
  CHECK(idle.sleep() == Sleep::when_idle);

  Machine desktop;
  desktop.link("/etc/systemd/system/display-manager.service", "/lib/systemd/system/gdm.service");
  CHECK(desktop.sleep() == Sleep::desktop);

  Machine laptop;
  laptop.write("/sys/bus/acpi/devices/PNP0C0D:00/status", "15\n");
  CHECK(laptop.sleep() == Sleep::lid);
  laptop.write("/etc/systemd/logind.conf", "[Login]\nHandleLidSwitch=ignore\n");
  CHECK(laptop.sleep() == Sleep::never);
}

// systemd.unit(5): a unit that is a link to /dev/null cannot be started; every kind of sleep requires sleep.target.
TEST_CASE("a machine whose sleep is masked, or whose kernel cannot, never sleeps") {
  Machine desktop;
  desktop.link("/etc/systemd/system/display-manager.service", "/lib/systemd/system/gdm.service");
  desktop.link("/etc/systemd/system/sleep.target", "/dev/null");
  CHECK(desktop.sleep() == Sleep::never);

  Machine server;
  server.link("/etc/systemd/system/display-manager.service", "/lib/systemd/system/gdm.service");
  server.write("/sys/power/state", "\n");
  CHECK(server.sleep() == Sleep::never);
  std::filesystem::remove(server.directory.path() + "/sys/power/state");
  CHECK(server.sleep() == Sleep::never);
}

}  // namespace gokajo::tests
