#!/bin/sh
# Format and clang-tidy over the whole tree. Usage: tests/house/lint.sh [format|tidy] (both when none is named)
set -eu
cd "$(dirname "$0")/../.."
what=${1:-all}
if [ "$what" != tidy ]; then
  git ls-files '*.cpp' '*.h' | xargs clang-format-19 --dry-run --Werror
  echo "format: clean"
fi
if [ "$what" != format ]; then
  cmake --preset tidy >/dev/null
  git ls-files '*.cpp' | grep -E '^(platform|compliance|collectors|agent)/' |
    xargs -P "$(nproc)" -n 4 clang-tidy-19 -p build/tidy --quiet 2>/dev/null
  echo "tidy: clean"
fi
