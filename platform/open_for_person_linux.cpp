#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <cstring>

#include "platform/open_for_person.h"
#include "platform/places.h"

extern char** environ;

namespace gokajo::platform {

Status open_for_person(const std::string& path) {
  if (geteuid() == 0) return Error{ErrorKind::denied, "not with an administrator's rights"};
  if (!environment("WAYLAND_DISPLAY") && !environment("DISPLAY")) return Error{ErrorKind::unsupported, "no desktop"};
  const std::string program = "/usr/bin/gio";
  if (access(program.c_str(), X_OK) != 0) return Error{ErrorKind::unsupported, program + ": not there"};

  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  // A browser that it starts goes on when the terminal is closed, and writes nothing into it.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::string words[] = {program, "open", path};
  char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  pid_t child = 0;
  const int code = posix_spawn(&child, program.c_str(), &files, &attributes, arguments, environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (code != 0) return Error{ErrorKind::failed, program + ": " + std::strerror(code)};
  return Done{};
}

}  // namespace gokajo::platform
