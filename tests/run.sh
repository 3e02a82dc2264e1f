#!/bin/sh
# Builds Gokajo (preset dev) and runs its tests: sh tests/run.sh [--full]
# Installs what is missing of the build and test lines of packaging/dependencies.txt. --full adds the long forms (label "long").
# The exit code is ctest's.
set -eu
cd "$(dirname "$0")/.."
without="-LE long"
case "${1:-}" in
  "") ;;
  --full) without="" ;;
  *) echo "usage: sh tests/run.sh [--full]" >&2; exit 64 ;;
esac
sh packaging/install-dependencies.sh build test
cmake --preset dev
cmake --build --preset dev
# shellcheck disable=SC2086
ctest --preset dev $without
