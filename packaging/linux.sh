#!/bin/sh
# Builds the packages of this system: sh packaging/linux.sh [deb|rpm]... (both where their tools are there). They come to lie in build/packages.
set -eu
cd "$(dirname "$0")/.."
sh packaging/install-dependencies.sh build package
[ $# -gt 0 ] || set -- deb rpm
cmake --preset release
cmake --build --preset release --target gokajo gokajo-hub gokajo_package_files
mkdir -p build/packages
for kind in "$@"; do
  upper=$(echo "$kind" | tr '[:lower:]' '[:upper:]')
  (cd build/release && cpack -G "$upper" -B ../packages)
done
rm -rf build/packages/_CPack_Packages
ls -l build/packages
