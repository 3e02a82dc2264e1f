#!/bin/sh
# Gokajo for Windows, built on Debian and tried under Wine: sh packaging/windows.sh [test]
#   (nothing)  installs what is needed, builds the libraries, both programs and their installers into build/windows (docs/windows-deployment.md)
#   test       the same, and runs the tests of every room and a scan under wine64
# What Wine lacks (Security Center, shares, password rules …) answers 測定不能 there; nothing here stands for a real Windows (docs/proven-where.md).
set -eu
cd "$(dirname "$0")/.."
tests=no
case "${1:-}" in
  "") ;;
  test) tests=yes ;;
  *) echo "usage: sh packaging/windows.sh [test]" >&2; exit 64 ;;
esac

stop() {
  printf 'Gokajo: %s\n' "$*" >&2
  exit 70
}
say() { printf '\n== %s\n' "$*"; }

say "Packages"
if [ $tests = yes ]; then sh packaging/install-dependencies.sh build windows test-windows; else sh packaging/install-dependencies.sh build windows; fi

say "Libraries, from Debian's sources"
sh packaging/windows/dependencies.sh build/windows-libraries

say "Programs"
cmake --preset windows >build/windows-configure.log 2>&1 || { tail -20 build/windows-configure.log >&2; stop "cmake could not configure the build."; }
if [ $tests = yes ]; then cmake --build --preset windows; else cmake --build --preset windows --target gokajo gokajo-hub; fi || stop "the build failed; see its first error above."
for program in gokajo gokajo-hub; do
  room=agent
  [ $program = gokajo ] || room=hub
  x86_64-w64-mingw32-strip -o "build/windows/$program.exe" "build/windows/$room/$program.exe"
  printf '   build/windows/%s.exe  %s KiB\n' "$program" "$(($(stat -c %s "build/windows/$program.exe") / 1024))"
done
sh packaging/windows/imports.sh build/windows/gokajo.exe build/windows/gokajo-hub.exe
version=$(sed -n 's/^project(gokajo VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
for program in gokajo gokajo-hub; do
  python3 tests/windows/program_contents.py "build/windows/$program.exe" "$version" || stop "$program.exe does not hold what it should."
done

say "Installers"
packaging/windows/msi/build build/windows "$version" || stop "no installers."

[ $tests = yes ] || exit 0
say "Tests under Wine"
sh tests/windows/run build/windows
