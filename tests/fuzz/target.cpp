#include "tests/fuzz/target.h"

#include <cstdio>
#include <cstdlib>

namespace gokajo::fuzz {

void broken(const char* property, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, property);
  std::abort();
}

bool is_readable(platform::Time time) { return platform::parse_time(platform::format_time(time)) == time; }

}  // namespace gokajo::fuzz
