#!/bin/sh
# Installs what packaging/dependencies.txt lists for the given purposes: sh packaging/install-dependencies.sh build [test]
# Of alternatives (a|b) the first that this release has. Asks apt for nothing when all is there. Needs root or sudo only to install.
set -eu
list=$(dirname "$0")/dependencies.txt

stop() {
  printf 'Gokajo: %s\n' "$*" >&2
  exit 69
}

[ $# -gt 0 ] || stop "name a purpose: build or test"
command -v apt-get >/dev/null || stop "this script knows Debian and Ubuntu (apt-get) only. The packages it would install are listed in $list."

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
available() { apt-cache policy "$1" 2>/dev/null | grep -q '^  Candidate: [^(]'; }

# Prints the alternatives (as a|b) of which none is installed.
missing() {
  for purpose in "$@"; do
    sed -n "s/^$purpose  *//p" "$list"
  done | while read -r entry; do
    found=no
    for package in $(echo "$entry" | tr '|' ' '); do
      if installed "$package"; then found=yes; fi
    done
    [ $found = yes ] || echo "$entry"
  done
}

wanted=$(missing "$@" | tr '\n' ' ')
[ -n "$wanted" ] || exit 0

as_root=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || stop "packages are missing ($wanted) and this is neither root nor is there sudo. Run it as root."
  as_root=sudo
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get -q update || stop "apt-get update failed: see its message above. Is the network up and are the package sources right?"

packages=""
for entry in $wanted; do
  chosen=""
  for package in $(echo "$entry" | tr '|' ' '); do
    if [ -z "$chosen" ] && available "$package"; then chosen=$package; fi
  done
  [ -n "$chosen" ] || stop "this release has none of: $(echo "$entry" | tr '|' ' ')"
  packages="$packages $chosen"
done
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 install --no-install-recommends $packages ||
  stop "apt-get could not install:$packages"
