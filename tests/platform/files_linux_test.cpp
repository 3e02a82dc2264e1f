#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "platform/linux/files.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace platform;

namespace {

constexpr uid_t kNobody = 65534;

std::string kind_of(const ReadFile& question) {
  const auto start = std::chrono::steady_clock::now();
  const auto read = read_file_safely(question);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{1});
  return read ? "read" : boost::describe::enum_to_string(read.error().kind, "?");
}

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

}  // namespace

TEST_CASE("pipes, devices, sockets, directories and files too large are refused at once") {
  TemporaryDirectory place;
  const std::string base = place.path();
  write(base + "/file", "text");
  CHECK(kind_of({.path = base + "/file"}) == "read");
  REQUIRE(mkfifo((base + "/pipe").c_str(), 0644) == 0);
  CHECK(kind_of({.path = base + "/pipe"}) == "denied");
  CHECK(kind_of({.path = "/dev/zero"}) == "denied");
  CHECK(kind_of({.path = "/dev/null"}) == "denied");
  CHECK(kind_of({.path = base}) == "denied");
  CHECK(kind_of({.path = base + "/none"}) == "not_found");
  CHECK(kind_of({.path = base + "/file/x"}) == "not_found");
  CHECK(kind_of({.path = "etc/passwd"}) == "denied");
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (base + "/socket").copy(address.sun_path, sizeof(address.sun_path) - 1);
  REQUIRE(bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
  CHECK(kind_of({.path = base + "/socket"}) == "denied");
  close(fd);
  write(base + "/sparse", "");
  REQUIRE(truncate((base + "/sparse").c_str(), 10LL << 30) == 0);
  CHECK(kind_of({.path = base + "/sparse"}) == "too_large");
  CHECK(kind_of({.path = "/proc/kallsyms", .max_bytes = 1000}) == "too_large");  // says size 0
}

TEST_CASE("a link is followed where only root or we could have made it, and nowhere else") {
  TemporaryDirectory place;
  const std::string base = place.path();
  write(base + "/file", "text");
  std::filesystem::create_symlink("file", base + "/link");
  std::filesystem::create_symlink(base, base + "/around");
  std::filesystem::create_symlink("loop", base + "/loop");
  CHECK(kind_of({.path = base + "/link"}) == "read");
  CHECK(kind_of({.path = base + "/around/around/link"}) == "read");
  CHECK(kind_of({.path = base + "/loop"}) == "denied");
  std::filesystem::create_directory(base + "/shared");
  REQUIRE(chmod((base + "/shared").c_str(), 01777) == 0);
  std::filesystem::create_symlink("../file", base + "/shared/link");
  CHECK(kind_of({.path = base + "/shared/link"}) == "denied");
  CHECK(kind_of({.path = base + "/shared/../link"}) == "read");
}

TEST_CASE("what belongs to a person is read with that person's rights, and only his own files") {
  if (geteuid() != 0) return;
  TemporaryDirectory place;
  const std::string home = place.path() + "/home", secret = place.path() + "/canary";
  write(secret, "CANARY");
  REQUIRE(chmod(place.path().c_str(), 0755) == 0);
  REQUIRE(chmod(secret.c_str(), 0600) == 0);
  std::filesystem::create_directory(home);
  REQUIRE(chown(home.c_str(), kNobody, kNobody) == 0);
  write(home + "/own", "mine");
  REQUIRE(chown((home + "/own").c_str(), kNobody, kNobody) == 0);
  CHECK(kind_of({.path = home + "/own", .as_uid = kNobody}) == "read");
  CHECK(kind_of({.path = secret, .as_uid = kNobody}) == "denied");
  std::filesystem::create_symlink(secret, home + "/link");
  std::filesystem::create_hard_link(secret, home + "/hard");
  write(home + "/others", "root's");
  CHECK(kind_of({.path = home + "/link", .as_uid = kNobody}) == "denied");
  CHECK(kind_of({.path = home + "/hard", .as_uid = kNobody}) == "denied");
  CHECK(kind_of({.path = home + "/others", .as_uid = kNobody}) == "denied");
  CHECK(kind_of({.path = secret}) == "read");  // the rights are root's again
}

TEST_CASE("a user who swaps a file and a link while root reads never gets the link followed") {
  if (geteuid() != 0) return;
  TemporaryDirectory place;
  const std::string home = place.path() + "/home", secret = place.path() + "/canary";
  write(secret, "CANARY");
  REQUIRE(chmod(place.path().c_str(), 0755) == 0);
  REQUIRE(chmod(secret.c_str(), 0600) == 0);
  std::filesystem::create_directory(home);
  REQUIRE(chown(home.c_str(), kNobody, kNobody) == 0);
  const pid_t racer = fork();
  if (racer == 0) {
    if (setgid(kNobody) != 0 || setuid(kNobody) != 0 || chdir(home.c_str()) != 0) _exit(1);
    while (true) {
      const int fd = open("new", O_CREAT | O_WRONLY | O_TRUNC, 0644);
      if (::write(fd, "harmless", 8) < 0) _exit(1);
      close(fd);
      rename("new", "evidence");
      if (symlink("../canary", "new") != 0) _exit(1);
      rename("new", "evidence");
    }
  }
  int harmless = 0, refused = 0, leaked = 0, naive = 0;
  // A second and a half; on a busy machine as long as it takes to see both sides.
  const auto begun = std::chrono::steady_clock::now();
  const auto lasts = [&] { return std::chrono::steady_clock::now() - begun; };
  while (lasts() < std::chrono::milliseconds{1500} ||
         ((harmless == 0 || refused == 0 || naive == 0) && lasts() < std::chrono::minutes{2})) {
    const auto read = read_file_safely({.path = home + "/evidence"});
    if (!read)
      ++refused;
    else if (read->bytes.data == "harmless" || read->bytes.data.empty())
      ++harmless;
    else
      ++leaked;
    std::ifstream plain(home + "/evidence");
    std::string text;
    naive += std::getline(plain, text) && text == "CANARY";
  }
  kill(racer, SIGKILL);
  waitpid(racer, nullptr, 0);
  CHECK(leaked == 0);
  CHECK(harmless > 0);
  CHECK(refused > 0);
  CHECK(naive > 0);  // control: who opens it plainly is led to the canary
}

}  // namespace gokajo::tests
