/// \file
/// What a fuzz target is. Each room has one file of targets (tests/fuzz/<room>.cpp), compiled into two programs: fuzz_<room> looks for new
/// inputs with libFuzzer (preset fuzz, tests/fuzz/run), replay_<room> runs seeds and regressions without it (every build, ctest).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/time.h"

namespace gokajo::fuzz {

/// `run` takes any bytes; it stops the program where a property does not hold. `seeds`: files to begin with, as patterns from the top of
/// the tree ("*" does not cross "/"); `written`: further beginnings. Regressions stand in tests/fuzz/regressions/<room>.<name>/.
struct Target {
  const char* name;
  std::function<void(std::string_view bytes)> run;
  std::vector<const char*> seeds;
  std::vector<std::string> written = {};
};

/// The room's targets; defined once in each program.
const std::vector<Target>& targets();

/// Says what did not hold and aborts.
[[noreturn]] void broken(const char* property, const char* file, int line);

/// Whether `time` can be written and read again: a parser that lets through any number of seconds makes dates nobody can read.
bool is_readable(platform::Time time);

}  // namespace gokajo::fuzz

/// A property of the code under test; unlike assert() it is never compiled out.
#define HOLDS(property) ((property) ? void() : gokajo::fuzz::broken(#property, __FILE__, __LINE__))
