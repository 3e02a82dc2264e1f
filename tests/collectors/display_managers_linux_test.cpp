#include <doctest/doctest.h>

#include "collectors/display_managers.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace platform;

namespace {

compliance::Device device(const std::string& id) {
  compliance::Device device;
  compliance::OsRelease os;
  os.id = id;
  if (id == "ubuntu") os.id_like = {"debian"};
  device.os = compliance::fact(os, "/etc/os-release", {});
  return device;
}

std::vector<std::string> users(const FakeHost& host, const std::string& id = "debian") {
  const auto logins = collectors::collect_auto_logins_linux(host, device(id));
  REQUIRE_MESSAGE(logins, logins.detail);
  std::vector<std::string> found;
  for (const auto& login : *logins) found.push_back(login.program + ": " + login.user);
  return found;
}

using Found = std::vector<std::string>;

void add_folder(FakeHost& host, const std::string& folder, std::map<std::string, std::string> files) {
  std::vector<std::string> names;
  for (const auto& [name, text] : files) {
    names.push_back(name);
    host.file(folder + "/" + name, text);
  }
  host.directory(folder, names);
}

}  // namespace

TEST_CASE("GDM: its own file of each system, true in any case, comments aside") {
  const char* on = "[daemon]\nAutomaticLoginEnable = True\nAutomaticLogin = yamada\n";
  CHECK(users(FakeHost().file("/usr/sbin/gdm3", "").file("/etc/gdm3/daemon.conf", on)) == Found{"GDM: yamada"});
  CHECK(users(FakeHost().file("/usr/sbin/gdm3", "").file("/etc/gdm3/custom.conf", on)) == Found{});  // Debian's GDM does not read it
  CHECK(users(FakeHost().file("/usr/sbin/gdm3", "").file("/etc/gdm3/custom.conf", on), "ubuntu") == Found{"GDM: yamada"});
  CHECK(users(FakeHost().file("/usr/sbin/gdm", "").file("/etc/gdm/custom.conf", on), "fedora") == Found{"GDM: yamada"});
  CHECK(users(FakeHost().file("/etc/gdm/custom.conf", on), "fedora") == Found{});  // no GDM here
  CHECK(users(FakeHost()
                  .file("/usr/sbin/gdm3", "")
                  .file("/etc/gdm3/daemon.conf", "[daemon]\n#AutomaticLoginEnable=true\n# AutomaticLogin=yamada\n")) == Found{});
  CHECK(users(FakeHost().file("/usr/sbin/gdm3", "").file("/etc/gdm3/daemon.conf", "[daemon]\nAutomaticLogin=yamada\n")) == Found{});
  CHECK(users(FakeHost().file("/usr/sbin/gdm3", "").file("/etc/gdm3/daemon.conf", "[daemon]\nTimedLoginEnable=1\nTimedLogin=yamada\n")) ==
        Found{"GDM: yamada"});
}

TEST_CASE("LightDM: folders first, the main file last, and a seat's session alone signs nobody in") {
  FakeHost host;
  host.file("/usr/sbin/lightdm", "");
  add_folder(host, "/etc/lightdm/lightdm.conf.d", {{"50-auto.conf", "[Seat:*]\nautologin-user=yamada\n"}});
  CHECK(users(host) == Found{"LightDM: yamada"});
  host.file("/etc/lightdm/lightdm.conf", "[Seat:*]\nautologin-user=\nautologin-session=xfce\n");
  CHECK(users(host) == Found{});
  host.file("/etc/lightdm/lightdm.conf", "[SeatDefaults]\nautologin-user=sato\n[Seat:*]\n");
  CHECK(users(host) == Found{"LightDM: yamada"});
}

TEST_CASE("SDDM reads every file of its folder; only its own section counts") {
  FakeHost host;
  host.file("/usr/bin/sddm", "");
  add_folder(host, "/etc/sddm.conf.d", {{"auto", "[Autologin]\nUser=yamada\n"}});
  CHECK(users(host) == Found{"SDDM: yamada"});
  host.file("/etc/sddm.conf", "[Autologin]\nUser=\n[Users]\nUser=sato\n");
  CHECK(users(host) == Found{});
}

TEST_CASE("greetd's first session signs in, its default session asks") {
  CHECK(users(FakeHost()
                  .file("/usr/sbin/greetd", "")
                  .file("/etc/greetd/config.toml", "[initial_session]\ncommand = \"sway\"\nuser = \"yamada\"\n")) ==
        Found{"greetd: yamada"});
  CHECK(users(FakeHost()
                  .file("/usr/sbin/greetd", "")
                  .file("/etc/greetd/config.toml", "[default_session]\ncommand = \"agreety\"\nuser = \"greeter\"\n")) == Found{});
}

TEST_CASE("a display manager that is not the one systemd starts signs nobody in") {
  FakeHost host;
  host.file("/usr/sbin/lightdm", "").file("/etc/lightdm/lightdm.conf", "[Seat:*]\nautologin-user=yamada\n");
  FileStatus link;
  link.type = FileType::link;
  link.link_target = "/lib/systemd/system/gdm3.service";
  host.answers(StatFile{.path = "/etc/systemd/system/display-manager.service", .follow = false}, Reply{FileStatusReply{link}});
  CHECK(users(host) == Found{});
}

TEST_CASE("a text console signs in by a drop-in; an empty ExecStart= forgets what stood before") {
  FakeHost host;
  host.file("/usr/lib/systemd/system/getty@.service", "[Service]\nExecStart=-/sbin/agetty -o '-p -- \\\\u' --noclear - $TERM\n");
  CHECK(users(host) == Found{});
  FileStatus folder;
  folder.type = FileType::directory;
  host.answers(ListDirectory{.path = "/etc/systemd/system"}, Reply{Directory{{{"getty@tty2.service.d", folder}}}});
  add_folder(host, "/etc/systemd/system/getty@tty2.service.d",
             {{"override.conf", "[Service]\nExecStart=\nExecStart=-/sbin/agetty \\\n  --autologin yamada --noclear - $TERM\n"}});
  CHECK(users(host) == Found{"getty@tty2.service: yamada"});
  CHECK(collectors::autologin_of_getty("-/sbin/agetty -a sato tty1") == "sato");
  CHECK(collectors::autologin_of_getty("-/sbin/agetty --autologin=sato tty1") == "sato");
  CHECK(collectors::autologin_of_getty("/bin/echo --autologin sato").empty());
}

TEST_CASE("a settings file nobody could read is no fact") {
  FakeHost host;
  host.file("/usr/sbin/lightdm", "").unreadable("/etc/lightdm/lightdm.conf", ErrorKind::denied);
  CHECK(collectors::collect_auto_logins_linux(host, device("debian")).absent == ErrorKind::denied);
  CHECK(collectors::collect_guests_linux(host).absent == ErrorKind::denied);
  CHECK_FALSE(collectors::collect_auto_logins_linux(FakeHost(), compliance::Device{}));
}

TEST_CASE("LightDM offers a guest when it may and a program makes the account") {
  FakeHost host;
  host.file("/usr/sbin/lightdm", "");
  CHECK(collectors::collect_guests_linux(host)->empty());
  host.file("/usr/sbin/guest-account", "");
  CHECK(collectors::collect_guests_linux(host)->size() == 1);
  host.file("/etc/lightdm/lightdm.conf", "[Seat:*]\nallow-guest=false\n");
  CHECK(collectors::collect_guests_linux(host)->empty());
}

}  // namespace gokajo::tests
