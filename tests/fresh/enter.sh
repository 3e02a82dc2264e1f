#!/bin/bash
# Runs one command in a fresh tree as if it were the whole PC, with the host's network: enter.sh TREE COMMAND [CCACHE]. Started by tests/fresh/run through unshare.
set -eu
tree=$1 command=$2 lent=${3:-}
. "$(dirname "$0")/../states/root.sh"
mount --make-rprivate /
mount --bind "$tree" "$tree"
hostname "$(cat "$tree/etc/hostname")"
cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
mount_system "$tree"
mkdir -p "$tree/run/lock" "$tree/run/old"
if [ -n "$lent" ]; then
  mkdir -p "$tree/root/.cache/ccache"
  mount --bind "$lent" "$tree/root/.cache/ccache"
fi
cd "$tree"
pivot_root . run/old
umount -l /run/old
cd /root/gokajo
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 TERM=dumb /bin/sh -c "$command"
