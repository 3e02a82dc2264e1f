/// \file
/// The start of a program: what main does on this system before the program's own work.
#pragma once

#include <string>
#include <vector>

namespace gokajo::platform {

/// A program that also lives in the background. `service`: its name with Windows' service manager; `words`: what the command line would be
/// then ("run"). `clicked`: what it is after a double-click on the program itself; empty: as without arguments anywhere else. `arguments`
/// of `run`: the program's name first, in UTF-8.
struct Program {
  const char* service;
  std::vector<std::string> words;
  int (*run)(int argc, char** argv);
  std::vector<std::string> clicked = {};
};

/// Runs it and returns its exit code. On Windows: arguments come from the whole command line, over which no code page has gone; DLLs are
/// loaded from System32 alone; the console takes UTF-8; a probe answers its question and ends (windows/probe.h); "service run" is what the
/// service manager starts, and runs `words`.
int run_program(int argc, char** argv, const Program& program);

}  // namespace gokajo::platform
