#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <doctest/doctest.h>

#include "platform/process.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace platform;
using namespace std::chrono_literals;

namespace {

const std::string kMisbehaving = GOKAJO_MISBEHAVING;

#ifdef __SANITIZE_ADDRESS__
constexpr long kMayGrowKiB = 96L << 10;  // freed memory is held back for a while
#else
constexpr long kMayGrowKiB = 16L << 10;
#endif

// Processes that still run this program, whatever they did to their session, group or parent.
std::vector<pid_t> still_running(const std::string& program) {
  std::vector<pid_t> found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
    const auto target = std::filesystem::read_symlink(entry.path() / "exe", ignored);
    if (!ignored && target == program) found.push_back(std::stoi(entry.path().filename()));
  }
  return found;
}

struct Run {
  Result<ProcessOutput> result = Error{};
  std::chrono::milliseconds took{};
};

Run run(const std::string& behaviour, std::chrono::milliseconds deadline = 700ms) {
  ProcessRequest request;
  request.program = kMisbehaving + behaviour;
  request.environment = {"PATH=/usr/bin", "LC_ALL=C.UTF-8"};
  request.deadline = deadline;
  const auto start = std::chrono::steady_clock::now();
  Run run;
  run.result = run_process(request);
  run.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  return run;
}

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

}  // namespace

TEST_CASE("a helper that hangs, floods, dies or breeds ends as its documented error, in time, with nothing left of it") {
  struct Row {
    const char* behaviour;
    ErrorKind expected;
  };
  const Row rows[] = {
      {"hang", ErrorKind::timed_out},
      {"drips", ErrorKind::timed_out},
      {"closes_stdout", ErrorKind::timed_out},
      {"ignores_term", ErrorKind::timed_out},
      {"leaves_its_group", ErrorKind::timed_out},
      {"breeds", ErrorKind::timed_out},
      {"flood", ErrorKind::too_large},
      {"killed", ErrorKind::failed},
      {"crashes", ErrorKind::failed},
  };
  for (const Row& row : rows) {
    CAPTURE(row.behaviour);
    const auto done = run(row.behaviour);
    REQUIRE_FALSE(done.result);
    CHECK_MESSAGE(done.result.error().kind == row.expected, done.result.error().detail);
    CHECK(done.took < 700ms + 2s);
    CHECK(still_running(kMisbehaving + row.behaviour).empty());
  }
}

TEST_CASE("the check for processes left behind sees a helper that nobody guards") {
  const std::string program = kMisbehaving + "ignores_term";
  const pid_t child = fork();
  if (child == 0) {
    execl(program.c_str(), program.c_str(), nullptr);
    _exit(127);
  }
  std::this_thread::sleep_for(300ms);
  kill(child, SIGTERM);
  std::this_thread::sleep_for(100ms);
  CHECK(still_running(program) == std::vector<pid_t>{child});
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  CHECK(still_running(program).empty());
}

TEST_CASE("a helper that starts a daemon and ends well keeps its answer, and the daemon is ended") {
  const auto done = run("daemonizes", 5s);
  REQUIRE_MESSAGE(done.result, done.result.error().detail);
  CHECK(done.result->out == "started\n");
  CHECK(done.took < 1s);
  CHECK(still_running(kMisbehaving + "daemonizes").empty());
}

TEST_CASE("a helper that hands itself on to a child every millisecond is ended") {
  for (int i = 0; i < 5; ++i) {
    const auto done = run("relays");
    CHECK(done.took < 700ms + 2s);
    CHECK(still_running(kMisbehaving + "relays").empty());
  }
}

TEST_CASE("bytes that are no text and exit codes arrive as they are") {
  const auto invalid = run("invalid_utf8", 5s);
  REQUIRE(invalid.result);
  CHECK(invalid.result->out == std::string("\xFF\xFE\xC0\xAF\xED\xA0\x80 \x1B[2J\xF5\0", 14));
  const auto japanese = run("cp932", 5s);
  REQUIRE(japanese.result);
  CHECK(japanese.result->out == "\x8B\xA4\x97\x4C\x83\x74\x83\x48\x83\x8B\x83\x5F\x81\x5B\n");
  const auto failed = run("exits_nonzero", 5s);
  REQUIRE(failed.result);
  CHECK(failed.result->exit_code == 3);
  CHECK(failed.result->out == "half a li");
  CHECK(failed.result->err == "no such thing\n");
}

TEST_CASE("ten gigabytes on either pipe cost a few megabytes of memory at most") {
  const long before = peak_kib();
  const auto out = run("flood", 5s);
  CHECK(out.took < 1s);
  const auto err = run("flood_errors", 1s);
  if (err.result) CHECK(err.result->err.size() == 4096);
  CHECK(err.took < 3s);
  CHECK(peak_kib() - before < kMayGrowKiB);
  CHECK(still_running(kMisbehaving + "flood_errors").empty());
}

TEST_CASE("a helper is given the stated environment, the root directory, an empty input and nothing else") {
  const int leak = open("/dev/null", O_RDONLY);  // without O_CLOEXEC, as a careless library opens it
  REQUIRE(leak > 2);
  const auto done = run("tells", 5s);
  close(leak);
  REQUIRE(done.result);
  std::string expected = "env PATH=/usr/bin\nenv LC_ALL=C.UTF-8\ncwd /\n";
  std::istringstream lines(done.result->out);
  std::vector<std::string> env, rest;
  for (std::string line; std::getline(lines, line);) (line.starts_with("env ") ? env : rest).push_back(line);
  std::sort(env.begin(), env.end());
  CHECK(env == std::vector<std::string>{"env LC_ALL=C.UTF-8", "env PATH=/usr/bin"});
  std::erase_if(rest,
                [](const std::string& line) { return line.starts_with("uid") || line.starts_with("gid") || line.starts_with("groups"); });
  CHECK(rest == std::vector<std::string>{"cwd /", "input -1", "core 0", "fd 0", "fd 1", "fd 2"});
}

TEST_CASE("as_uid gives up every right of root, and is denied to those who are not root") {
  ProcessRequest request;
  request.program = kMisbehaving + "tells";
  request.environment = {"PATH=/usr/bin"};
  request.as_uid = 65534;
  const auto done = run_process(request);
  if (geteuid() != 0) {
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == ErrorKind::denied);
    return;
  }
  // Where the build directory cannot be entered by nobody, the program cannot be started at all: a copy in a public place.
  TemporaryDirectory place;
  std::filesystem::permissions(place.path(),
                               std::filesystem::perms::all & ~std::filesystem::perms::others_write & ~std::filesystem::perms::group_write);
  std::filesystem::copy(request.program, place.path() + "/tells");
  request.program = place.path() + "/tells";
  const auto copied = run_process(request);
  REQUIRE_MESSAGE(copied, copied.error().detail);
  CHECK(copied->out.find("uid 65534\ngid 65534\ngroups 0\n") != std::string::npos);
}

TEST_CASE("what is missing, no program or changeable by others is not started") {
  ProcessRequest request;
  const auto kind = [&](const std::string& program) {
    request.program = program;
    const auto done = run_process(request);
    return done ? std::string("started") : boost::describe::enum_to_string(done.error().kind, "?");
  };
  TemporaryDirectory place;
  CHECK(kind("/nonexistent/helper") == "not_found");
  CHECK(kind("bin/true") == "denied");
  CHECK(kind("/usr") == "denied");
  CHECK(kind("/etc/passwd") == "denied");
  const std::string text = place.path() + "/no-program";
  std::ofstream(text) << "neither ELF nor a script";
  chmod(text.c_str(), 0755);
  CHECK(kind(text) == "failed");
  if (geteuid() == 0) {
    const std::string loose = place.path() + "/loose";
    std::filesystem::copy(kMisbehaving + "tells", loose);
    chmod(loose.c_str(), 0775);
    CHECK(kind(loose) == "denied");
    chmod(loose.c_str(), 0755);
    CHECK(kind(loose) == "started");
    REQUIRE(chown(loose.c_str(), 65534, 65534) == 0);
    CHECK(kind(loose) == "denied");
  }
}

TEST_CASE("children that were there before the first helper are left alone") {
  const std::string program = kMisbehaving + "hang";
  const pid_t stranger = fork();
  if (stranger == 0) {
    execl(program.c_str(), program.c_str(), nullptr);
    _exit(127);
  }
  std::this_thread::sleep_for(100ms);
  run("daemonizes", 5s);
  CHECK(still_running(kMisbehaving + "daemonizes").empty());
  CHECK(still_running(program) == std::vector<pid_t>{stranger});
  kill(stranger, SIGKILL);
  waitpid(stranger, nullptr, 0);
}

}  // namespace gokajo::tests
