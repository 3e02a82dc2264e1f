#include <doctest/doctest.h>

#include "collectors/autorun.h"
#include "collectors/dconf.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;
using namespace platform;
using collectors::collect_autorun_linux;

namespace {

std::string reduced(const std::string& name) { return *find_reducer("dconf_settings")(test_data("linux/dconf/" + name)); }

FakeHost desktop() {
  FakeHost host;
  host.answers(StatFile{.path = "/usr/share"}, Reply{FileStatusReply{}});
  host.directory("/usr/share/wayland-sessions", {"gnome.desktop", "plasma.desktop"});
  host.directory("/usr/share/xsessions", {"gnome.desktop", "README", "sway.desktop"});
  host.file("/etc/passwd", "yamada:x:1000:1000::/home/yamada:/bin/bash\nsato:x:1001:1001::/home/sato:/bin/bash\n");
  return host;
}

void own(FakeHost& host, const std::string& home, std::int64_t uid, Result<Reply> reply) {
  host.answers(ReadFile{.path = home + "/.config/dconf/user", .reducer = "dconf_settings", .as_uid = uid}, std::move(reply));
}

void administrator(FakeHost& host, const std::string& database) {
  host.file("/etc/dconf/profile/user", "user-db:user\nsystem-db:local\n");
  host.file("/etc/dconf/db/local", database, "dconf_settings");
}

}  // namespace

TEST_CASE("desktops come from the sessions one can choose") {
  const auto autorun = collect_autorun_linux(desktop());
  REQUIRE(autorun.desktops->size() == 3);
  CHECK((*autorun.desktops)[0].kind == DesktopKind::gnome);
  CHECK((*autorun.desktops)[1].kind == DesktopKind::other);
  CHECK((*autorun.desktops)[2].kind == DesktopKind::plasma);
  FakeHost server;
  CHECK_FALSE(collect_autorun_linux(server).desktops);
  server.answers(StatFile{.path = "/usr/share"}, Reply{FileStatusReply{}});
  CHECK(collect_autorun_linux(server).desktops->empty());
}

TEST_CASE("autorun-never is false by default, as the person set it, or as the administrator locked it") {
  auto host = desktop();
  CHECK(*collect_autorun_linux(host).people->at("1000").never == false);
  own(host, "/home/yamada", 1000, Reply{FileContents{{"/org/gnome/desktop/media-handling/autorun-never=true\n"}, {}}});
  CHECK(*collect_autorun_linux(host).people->at("1000").never == true);
  administrator(host, reduced("local"));
  own(host, "/home/yamada", 1000, Reply{FileContents{{reduced("user")}, {}}});  // says false, but it is locked
  CHECK(*collect_autorun_linux(host).people->at("1000").never == true);
  CHECK(*collect_autorun_linux(host).people->at("1001").never == true);
}

TEST_CASE("an administrator's value without a lock gives way to the person's own") {
  auto host = desktop();
  administrator(host, "/org/gnome/desktop/media-handling/autorun-never=true\n");
  own(host, "/home/yamada", 1000, Reply{FileContents{{reduced("user")}, {}}});
  CHECK(*collect_autorun_linux(host).people->at("1000").never == false);
  CHECK(*collect_autorun_linux(host).people->at("1001").never == true);
}

TEST_CASE("a person's settings that may not be read are denied, unless a lock decides") {
  auto host = desktop();
  own(host, "/home/yamada", 1000, Error{ErrorKind::denied, ""});
  CHECK(collect_autorun_linux(host).people->at("1000").never.absent == ErrorKind::denied);
  administrator(host, reduced("local"));
  CHECK(*collect_autorun_linux(host).people->at("1000").never == true);
  host.unreadable("/etc/dconf/db/local", ErrorKind::malformed, "dconf_settings");
  CHECK(collect_autorun_linux(host).people->at("1001").never.absent == ErrorKind::malformed);
}

}  // namespace gokajo::tests
