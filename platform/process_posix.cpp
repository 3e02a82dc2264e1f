#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <mutex>
#include <thread>

#include <boost/process.hpp>
#include <boost/process/extend.hpp>

#include "platform/linux/descendants.h"
#include "platform/process.h"

namespace gokajo::platform {
namespace {

namespace bp = boost::process;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxError = 4096;
constexpr std::chrono::milliseconds kGrace{500};  // between TERM and KILL

// What makes a program a safe helper for root: only root can have put it there. Run without rights, the user can harm only himself.
Status check_program(const std::string& program) {
  struct stat status{};
  if (program.empty() || program[0] != '/') return Error{ErrorKind::denied, program + ": not an absolute path"};
  if (stat(program.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Error{ErrorKind::not_found, program};
    return Error{errno == EACCES ? ErrorKind::denied : ErrorKind::failed, program + ": " + std::strerror(errno)};
  }
  if (!S_ISREG(status.st_mode)) return Error{ErrorKind::denied, program + ": not a program"};
  if (geteuid() == 0 && (status.st_uid != 0 || (status.st_mode & 022) != 0))
    return Error{ErrorKind::denied, program + ": others than root can change this program"};
  if (access(program.c_str(), X_OK) != 0) return Error{ErrorKind::denied, program + ": not executable"};
  return Done{};
}

struct Identity {
  uid_t uid;
  gid_t gid;
};

Result<std::optional<Identity>> identity_for(const std::optional<std::int64_t>& as_uid) {
  if (!as_uid || static_cast<uid_t>(*as_uid) == geteuid()) return std::optional<Identity>{};
  if (geteuid() != 0) return Error{ErrorKind::denied, "only root can ask on behalf of uid " + std::to_string(*as_uid)};
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 16384> buffer{};
  getpwuid_r(static_cast<uid_t>(*as_uid), &entry, buffer.data(), buffer.size(), &found);
  if (!found) return Error{ErrorKind::not_found, "uid " + std::to_string(*as_uid)};
  return std::optional<Identity>{Identity{found->pw_uid, found->pw_gid}};
}

// Every descriptor above 2 is closed at exec, not before: Boost still needs one to tell of a failing exec. (Boost's own limit_handles
// closes the standard ones too once a pipe is bound to them, and allocates memory between fork and exec.)
void close_the_rest_at_exec(rlim_t most) {
#ifdef SYS_close_range
  if (syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */) == 0) return;
#endif
  for (int fd = 3; fd < static_cast<int>(most); ++fd) fcntl(fd, F_SETFD, FD_CLOEXEC);  // before Linux 5.11
}

// Runs between fork and exec: async-signal-safe calls only.
struct BecomeHelper : bp::extend::handler {
  explicit BecomeHelper(std::optional<Identity> as) : identity(as) { getrlimit(RLIMIT_NOFILE, &descriptors); }
  template <class Executor>
  void on_exec_setup(Executor&) const {
    const rlimit none{0, 0};  // a helper that crashes must not leave a core file on the PC
    setrlimit(RLIMIT_CORE, &none);
    sigset_t held_back;  // as a service this program holds signals back and ignores broken pipes (service.h); a helper must not
    sigemptyset(&held_back);
    sigprocmask(SIG_SETMASK, &held_back, nullptr);
    signal(SIGPIPE, SIG_DFL);
    close_the_rest_at_exec(std::min<rlim_t>(descriptors.rlim_cur, 65536));
    if (chdir("/") != 0) _exit(126);
    if (!identity) return;
    if (setgroups(0, nullptr) != 0 || setgid(identity->gid) != 0 || setuid(identity->uid) != 0) _exit(126);
  }
  std::optional<Identity> identity;
  rlimit descriptors{};
};

enum class Drained { ended, deadline, flooded };

// Reads what there is on one pipe. False at its end.
bool read_some(int fd, std::string& into, std::size_t keep, bool& over) {
  std::array<char, 65536> buffer{};
  const ssize_t got = read(fd, buffer.data(), buffer.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  if (got == 0) return false;
  const auto room = keep - std::min(keep, into.size());
  into.append(buffer.data(), std::min(room, static_cast<std::size_t>(got)));
  if (static_cast<std::size_t>(got) > room) over = true;
  return true;
}

// Drains both pipes until the program ended and they are empty, the deadline, or a flood. A child of the helper may keep the pipes
// open after the helper itself is gone: that must not hold us, so the helper's own end is looked at every 20 ms.
Drained drain(bp::child& child, std::array<int, 2> fds, const ProcessRequest& request, Clock::time_point deadline, ProcessOutput& output) {
  std::array<bool, 2> open{true, true};
  bool child_ended = false;
  while (open[0] || open[1]) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return Drained::deadline;
    std::array<pollfd, 2> watched{};
    for (std::size_t i = 0; i < 2; ++i) watched[i] = {open[i] ? fds[i] : -1, POLLIN, 0};
    const int ready = poll(watched.data(), watched.size(), static_cast<int>(std::min<long long>(left, 20)));
    if (ready < 0 && errno != EINTR) return Drained::deadline;
    if (ready <= 0) {
      if (child_ended) return Drained::ended;
      std::error_code ignored;
      child_ended = !child.running(ignored);
      continue;
    }
    bool flooded = false, error_over = false;
    if (watched[0].revents != 0) open[0] = read_some(fds[0], output.out, request.max_output, flooded);
    if (watched[1].revents != 0) open[1] = read_some(fds[1], output.err, kMaxError, error_over);
    if (flooded) return Drained::flooded;
  }
  std::error_code ignored;
  while (child.running(ignored)) {
    if (Clock::now() >= deadline) return Drained::deadline;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return Drained::ended;
}

void stop(bp::child& child, pid_t group) {
  kill(-group, SIGTERM);
  std::error_code ignored;
  const auto until = Clock::now() + kGrace;
  while (child.running(ignored) && Clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  kill(-group, SIGKILL);
  kill(group, SIGKILL);  // should it have moved to another group
  if (child.running(ignored)) child.wait(ignored);
}

std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

Result<ProcessOutput> run_process(const ProcessRequest& request) {
  if (auto status = check_program(request.program); !status) return status.error();
  const auto identity = identity_for(request.as_uid);
  if (!identity) return identity.error();

  // One helper at a time: what outlives it becomes our child (subreaper) and can be told from anybody else's.
  const std::lock_guard lock(one_at_a_time());
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  const auto strangers = present_descendants();
  const auto deadline = Clock::now() + request.deadline;
  try {
    bp::environment environment;
    for (const auto& entry : request.environment) {
      const auto equals = entry.find('=');
      environment[entry.substr(0, equals)] = entry.substr(equals + 1);
    }
    bp::pipe out, err;
    std::error_code problem;
    bp::group group;
    bp::child child(bp::exe = request.program, bp::args = request.arguments, environment, bp::std_in<bp::null, bp::std_out> out,
                    bp::std_err > err, group, BecomeHelper(*identity), problem);
    if (problem) {
      const auto kind = problem.value() == ENOENT   ? ErrorKind::not_found
                        : problem.value() == EACCES ? ErrorKind::denied
                                                    : ErrorKind::failed;
      return Error{kind, request.program + ": " + problem.message()};
    }
    ProcessOutput output;
    const auto drained = drain(child, {out.native_source(), err.native_source()}, request, deadline, output);
    if (drained == Drained::ended) {
      std::error_code ignored;
      child.wait(ignored);
    } else {
      stop(child, child.id());
    }
    kill_descendants(std::chrono::seconds(1), strangers);
    if (drained == Drained::deadline)
      return Error{ErrorKind::timed_out, request.program + ": no end within " + std::to_string(request.deadline.count()) + " ms"};
    if (drained == Drained::flooded)
      return Error{ErrorKind::too_large, request.program + ": more than " + std::to_string(request.max_output) + " bytes"};
    const int status = child.native_exit_code();
    if (WIFSIGNALED(status)) return Error{ErrorKind::failed, request.program + ": killed by signal " + std::to_string(WTERMSIG(status))};
    output.exit_code = WEXITSTATUS(status);
    return output;
  } catch (const std::exception& problem) {
    kill_descendants(std::chrono::seconds(1), strangers);
    return Error{ErrorKind::failed, request.program + ": " + problem.what()};
  }
}

}  // namespace gokajo::platform
