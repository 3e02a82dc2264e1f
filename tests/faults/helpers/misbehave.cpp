/// \file
/// A program that answers as no helper should. Built once per behaviour (BEHAVIOUR=name), because a whole scan starts it under a real
/// helper's path with that helper's arguments. Arguments are ignored. Everything here ends by itself after two minutes, should a test fail
/// to end it.
#include <dirent.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

extern char** environ;

namespace {

[[maybe_unused]] int sleep_for_good() {
  while (true) pause();
}

[[maybe_unused]] int pour(int fd) {  // 10 GB
  static char block[1 << 16];
  std::memset(block, 'y', sizeof(block));
  for (int i = 0; i < 163840; ++i)
    if (write(fd, block, sizeof(block)) < 0) return 1;
  return 0;
}

[[maybe_unused]] int hang() { return sleep_for_good(); }
[[maybe_unused]] int flood() { return pour(STDOUT_FILENO); }
[[maybe_unused]] int flood_errors() { return pour(STDERR_FILENO); }

[[maybe_unused]] int invalid_utf8() {
  std::fputs("\xFF\xFE\xC0\xAF\xED\xA0\x80 \x1B[2J\xF5", stdout);
  return std::fputc('\0', stdout) == EOF ? 1 : 0;
}

[[maybe_unused]] int cp932() {  // "共有フォルダー" as a Japanese Windows program prints it
  return std::puts("\x8B\xA4\x97\x4C\x83\x74\x83\x48\x83\x8B\x83\x5F\x81\x5B") < 0 ? 1 : 0;
}

[[maybe_unused]] int exits_nonzero() {
  std::fputs("half a li", stdout);
  std::fputs("no such thing\n", stderr);
  return 3;
}

[[maybe_unused]] int killed() { return raise(SIGKILL); }

[[maybe_unused]] int crashes() { std::abort(); }

// The classic daemon: two forks and a session of its own. What it holds open is our pipe.
[[maybe_unused]] int daemonizes() {
  std::puts("started");
  std::fflush(stdout);
  if (fork() != 0) return 0;
  setsid();
  if (fork() != 0) return 0;
  return sleep_for_good();
}

[[maybe_unused]] int ignores_term() {
  for (int signal = 1; signal < 32; ++signal) std::signal(signal, SIG_IGN);
  std::signal(SIGALRM, SIG_DFL);
  return sleep_for_good();
}

[[maybe_unused]] int leaves_its_group() {
  setpgid(0, getpgid(getppid()));
  return ignores_term();
}

[[maybe_unused]] int closes_stdout() {
  close(STDOUT_FILENO);
  close(STDERR_FILENO);
  return sleep_for_good();
}

// 255 processes, half of them in sessions of their own.
[[maybe_unused]] int breeds() {
  for (int generation = 0; generation < 7; ++generation) {
    fork();
    if (generation % 2 == 0 && fork() == 0) setsid();
    if (generation == 3) std::signal(SIGTERM, SIG_IGN);
    alarm(120);
    if (generation == 4) break;
  }
  return sleep_for_good();
}

// Hands itself on to a child every millisecond, so that no process of it lives long enough to be found by a slow look.
[[maybe_unused]] int relays() {
  for (int i = 0; i < 20000; ++i) {
    if (fork() != 0) _exit(0);
    alarm(120);
    usleep(1000);
  }
  return 0;
}

[[maybe_unused]] int drips() {
  while (write(STDOUT_FILENO, ".", 1) == 1) usleep(50000);
  return 0;
}

// What a helper is given: environment, directory, descriptors, input.
[[maybe_unused]] int tells() {
  for (char** entry = environ; *entry; ++entry) std::printf("env %s\n", *entry);
  char directory[4096] = "";
  std::printf("cwd %s\n", getcwd(directory, sizeof(directory)) ? directory : "?");
  std::printf("uid %d\ngid %d\ngroups %d\n", static_cast<int>(geteuid()), static_cast<int>(getegid()), getgroups(0, nullptr));
  std::printf("input %d\n", std::getchar());
  rlimit core{};
  getrlimit(RLIMIT_CORE, &core);
  std::printf("core %d\n", static_cast<int>(core.rlim_cur));
  DIR* descriptors = opendir("/proc/self/fd");
  while (const dirent* entry = descriptors ? readdir(descriptors) : nullptr)
    if (entry->d_name[0] != '.' && std::atoi(entry->d_name) != dirfd(descriptors)) std::printf("fd %s\n", entry->d_name);
  return 0;
}

}  // namespace

int main() {
  alarm(120);
  return BEHAVIOUR();
}
