#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iomanip>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <doctest/doctest.h>

#include "platform/durable_file.h"
#include "platform/file_lock.h"
#include "platform/own_file.h"
#include "platform/service.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using platform::ErrorKind, platform::FileLock;

TEST_CASE("one lock, one holder; it goes with its holder") {
  const TemporaryDirectory place;
  const auto file = place.path() + "/lock";
  {
    const auto first = FileLock::take(file);
    REQUIRE(first);
    REQUIRE(*first);
    const auto second = FileLock::take(file);
    REQUIRE(second);
    CHECK_FALSE(*second);
  }
  const auto third = FileLock::take(file);
  REQUIRE(third);
  CHECK(*third);
  CHECK(FileLock::take(place.path() + "/none/lock").error().kind == ErrorKind::not_found);
  REQUIRE(symlink("/dev/null", (place.path() + "/link").c_str()) == 0);
  CHECK(FileLock::take(place.path() + "/link").error().kind == ErrorKind::denied);
}

TEST_CASE("the service manager is told over its socket, by path or by abstract name") {
  const TemporaryDirectory place;
  for (const bool abstract : {false, true}) {
    const std::string name = (abstract ? "@" : "") + place.path() + "/notify";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (abstract) address.sun_path[0] = '\0';
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    REQUIRE(bind(fd, reinterpret_cast<const sockaddr*>(&address), length) == 0);
    setenv("NOTIFY_SOCKET", name.c_str(), 1);
    CHECK(platform::notify_service_manager("READY=1\nSTATUS=x"));
    unsetenv("NOTIFY_SOCKET");
    char got[64] = "";
    CHECK(recv(fd, got, sizeof(got), 0) == 16);
    CHECK(std::string(got) == "READY=1\nSTATUS=x");
    close(fd);
  }
  CHECK(platform::notify_service_manager("READY=1"));
  setenv("NOTIFY_SOCKET", "/nobody/listens", 1);
  CHECK_FALSE(platform::notify_service_manager("READY=1"));
  setenv("NOTIFY_SOCKET", "relative", 1);
  CHECK_FALSE(platform::notify_service_manager("READY=1"));
  unsetenv("NOTIFY_SOCKET");
}

TEST_CASE("the wish to stop is seen, and stays") {
  platform::StopWish stop;
  CHECK_FALSE(stop.wait(std::chrono::milliseconds{0}));
  raise(SIGTERM);
  CHECK(stop.wait(std::chrono::milliseconds{0}));
  CHECK(stop.wait(std::chrono::milliseconds{0}));
}

TEST_CASE("a file for everybody can be read by everybody and written by its owner; a secret is refused where others read it") {
  const TemporaryDirectory place;
  const auto file = place.path() + "/summary.json";
  REQUIRE(platform::write_file_durably(file, "x", platform::Readers::everybody));
  CHECK(platform::read_own_file(file, 10));
  CHECK(platform::read_secret_file(file, 10).error().kind == ErrorKind::denied);
  REQUIRE(platform::write_file_durably(file, "x"));
  CHECK(platform::read_secret_file(file, 10));
  REQUIRE(platform::remove_file_durably(file));
  CHECK(platform::remove_file_durably(file));
  CHECK(platform::read_own_file(file, 10).error().kind == ErrorKind::not_found);
}

TEST_CASE("memory that is given back is less, and everything goes on: what was let go of comes back when it is touched") {
  const auto of_files = [] {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("RssFile:")) return std::stol(line.substr(line.find_first_of("0123456789")));
    return -1L;
  };
  const auto before = of_files();
  if (before < 0) return;
  platform::give_back_memory();
  const auto after = of_files();
  CHECK(after < before * 3 / 4);  // reading the figure alone brings some back
  // Code, tables and relocated data of this program and of its libraries.
  CHECK_THROWS_AS(std::stol("no number"), std::invalid_argument);
  std::ostringstream text;
  text << std::setprecision(3) << 2.5 << std::put_time(std::gmtime(std::array<std::time_t, 1>{0}.data()), " %Y");
  CHECK(text.str() == "2.5 1970");
}

}  // namespace gokajo::tests
