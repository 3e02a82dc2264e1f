#!/bin/sh
# Format and clang-tidy over the whole tree. Usage: tests/house/lint.sh [format|tidy [FILE...]] (both over everything when none is named)
# Exit code 77 where clang-format-19 or clang-tidy-19 is not installed: another version judges otherwise.
set -eu
cd "$(dirname "$0")/../.."
what=${1:-all}
[ $# -eq 0 ] || shift

# What stands in the tree and belongs to it, new files included.
files() { git ls-files -co --exclude-standard "$@"; }
needs() { command -v "$1" >/dev/null || { echo "$1 is not installed: skipped"; exit 77; }; }
[ -n "$(files CMakeLists.txt)" ] || { echo "not a git checkout: nothing to list"; exit 77; }

if [ "$what" != tidy ]; then
  needs clang-format-19
  files '*.cpp' '*.h' | xargs clang-format-19 --dry-run --Werror
  echo "format: clean"
fi
if [ "$what" != format ]; then
  needs clang-tidy-19
  cmake --preset tidy >/dev/null
  if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046
    set -- $(files '*.cpp' | grep -E '^(platform|compliance|collectors|agent)/')
  fi
  # What it says of other people's headers it counts on stderr.
  printf '%s\n' "$@" | xargs -P "$(nproc)" -n 4 nice clang-tidy-19 -p build/tidy --quiet 2>/dev/null
  echo "tidy: clean"
fi
