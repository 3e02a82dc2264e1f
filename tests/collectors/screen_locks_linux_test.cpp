#include <doctest/doctest.h>

#include "collectors/screen_locks.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace platform;

namespace {

std::string database(const std::string& name) {
  const auto reduced = find_reducer("dconf_settings")(test_data("passwords/dconf/" + name));
  REQUIRE(reduced);
  return *reduced;
}

FakeHost& file_of(FakeHost& host, std::int64_t uid, const std::string& path, std::string text, const std::string& reducer) {
  FileStatus status;
  status.type = FileType::regular;
  return host.answers(ReadFile{.path = path, .reducer = reducer, .as_uid = uid}, Reply{FileContents{{std::move(text)}, status}});
}

FakeHost office() {
  FakeHost host;
  host.file("/etc/passwd", "root:x:0:0::/root:/bin/bash\nyamada:x:1000:1000::/home/yamada:/bin/bash\n");
  return host;
}

compliance::ScreenLock lock_of(const FakeHost& host, std::vector<std::string> desktops) {
  const auto locks = collectors::collect_screen_locks_linux(host, desktops);
  REQUIRE(locks.contains("1000"));
  REQUIRE_MESSAGE(locks.at("1000"), locks.at("1000").detail);
  return *locks.at("1000");
}

}  // namespace

TEST_CASE("a dconf database gives the settings of the screen lock and nothing else a person keeps there") {
  const auto own = database("user");
  CHECK(own.find("/org/gnome/desktop/screensaver/lock-enabled=false\n") != std::string::npos);
  CHECK(own.find("/org/gnome/desktop/session/idle-delay=600\n") != std::string::npos);
  CHECK(own.find("himitsu") == std::string::npos);
  CHECK(own.find("background") == std::string::npos);
  const auto system = database("local");
  CHECK(system.find("lock /org/gnome/desktop/screensaver/lock-enabled\n") != std::string::npos);
}

TEST_CASE("a damaged dconf database is malformed or reads as less, and never crashes") {
  const auto whole = test_data("passwords/dconf/user");
  for (std::size_t size = 0; size < whole.size(); ++size) (void)find_reducer("dconf_settings")(whole.substr(0, size));
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (const char byte : {'\0', '\x7f', '\xff'}) {
      auto damaged = whole;
      damaged[at] = byte;
      (void)find_reducer("dconf_settings")(damaged);
    }
  CHECK_FALSE(find_reducer("dconf_settings")("GVariant but too short"));
}

TEST_CASE("GNOME: the person's settings over the system's, but for what the administrator locked, as gsettings says it") {
  auto host = office();
  file_of(host, 1000, "/home/yamada/.config/dconf/user", database("user"), "dconf_settings");
  CHECK_FALSE(lock_of(host, {"gnome"}).locks);
  host.file("/etc/dconf/profile/user", "user-db:user\nsystem-db:local\n").file("/etc/dconf/db/local", database("local"), "dconf_settings");
  CHECK(lock_of(host, {"gnome"}).locks);
  CHECK(lock_of(host, {"gnome"}).seconds == 630);
}

TEST_CASE("GNOME without any setting locks after five minutes, the schema's default, unless the distribution says otherwise") {
  auto host = office();
  CHECK(lock_of(host, {"gnome"}).seconds == 300);
  host.directory("/usr/share/glib-2.0/schemas", {"10_office.gschema.override"});
  host.file("/usr/share/glib-2.0/schemas/10_office.gschema.override", "[org.gnome.desktop.session]\nidle-delay=uint32 0\n");
  CHECK_FALSE(lock_of(host, {"gnome"}).locks);
  host.file("/usr/share/glib-2.0/schemas/10_office.gschema.override", "[org.gnome.desktop.session:Office]\nidle-delay=uint32 0\n");
  CHECK_FALSE(collectors::collect_screen_locks_linux(host, {"gnome"}).at("1000"));
}

TEST_CASE("KDE: Autolock and Timeout of kscreenlockerrc, its defaults where it is silent") {
  struct Row {
    const char* text;
    bool locks;
    std::optional<std::int64_t> seconds;
  };
  const Row rows[] = {{"", true, 305},
                      {"[Daemon]\nTimeout=20\nLockGrace=0\n", true, 1200},
                      {"[Daemon]\nAutolock=false\n", false, std::nullopt},
                      {"[Greeter]\nAutolock=false\n", true, 305}};
  for (const auto& row : rows) {
    CAPTURE(row.text);
    auto host = office();
    file_of(host, 1000, "/home/yamada/.config/kscreenlockerrc", row.text, "verbatim");
    CHECK(lock_of(host, {"kde"}).locks == row.locks);
    CHECK(lock_of(host, {"kde"}).seconds == row.seconds);
  }
  auto host = office();
  host.file("/etc/xdg/kscreenlockerrc", "[Daemon][$i]\nTimeout=10\n");
  file_of(host, 1000, "/home/yamada/.config/kscreenlockerrc", "[Daemon]\nTimeout=60\n", "verbatim");
  CHECK(lock_of(host, {"kde"}).seconds == 605);
}

TEST_CASE("a desktop we do not know, several without a choice, and a file we may not read have no fact") {
  auto host = office();
  CHECK(collectors::collect_screen_locks_linux(host, {"xfce"}).at("1000").absent == ErrorKind::unsupported);
  CHECK(collectors::collect_screen_locks_linux(host, {"gnome", "kde"}).at("1000").absent == ErrorKind::unsupported);
  host.answers(ReadFile{.path = "/home/yamada/.config/dconf/user", .reducer = "dconf_settings", .as_uid = 1000},
               Error{ErrorKind::denied, ""});
  CHECK(collectors::collect_screen_locks_linux(host, {"gnome"}).at("1000").absent == ErrorKind::denied);
  host.file("/var/lib/AccountsService/users/yamada", "[User]\nSession=plasma\n", "session_choice");
  CHECK(lock_of(host, {"gnome", "kde"}).desktop == "kde");
}

TEST_CASE("session files name the desktops; without any there is none") {
  FakeHost host;
  CHECK(collectors::collect_desktops_linux(host)->empty());
  host.directory("/usr/share/wayland-sessions", {"gnome.desktop", "plasma.desktop"})
      .directory("/usr/share/xsessions", {"gnome-xorg.desktop", "xfce.desktop"});
  CHECK(*collectors::collect_desktops_linux(host) == std::vector<std::string>{"gnome", "kde", "xfce"});
  host.answers(ListDirectory{.path = "/usr/share/xsessions"}, Error{ErrorKind::denied, ""});
  CHECK_FALSE(collectors::collect_desktops_linux(host));
}

}  // namespace gokajo::tests
