#!/bin/sh
# Builds the packages of this system: sh packaging/linux.sh [deb|rpm]... (both where their tools are there). They come to lie in build/packages.
set -eu
cd "$(dirname "$0")/.."
sh packaging/install-dependencies.sh build package
[ $# -gt 0 ] || set -- deb rpm
cmake --preset release
cmake --build --preset release --target gokajo gokajo-hub gokajo_package_files
mkdir -p build/packages
# docs/security-decisions.md, 「Components of others」. Where there is no dpkg (an RPM system) nothing can be listed.
if command -v dpkg-query >/dev/null; then
  python3 packaging/components.py build/release/hub/gokajo-hub build/release/agent/gokajo --out build/packages/gokajo.cdx.json --gate
fi
for kind in "$@"; do
  upper=$(echo "$kind" | tr '[:lower:]' '[:upper:]')
  (cd build/release && cpack -G "$upper" -B ../packages)
done
rm -rf build/packages/_CPack_Packages
ls -l build/packages
