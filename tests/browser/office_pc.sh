#!/bin/bash
# One PC of the stories' office, in namespaces of its own; started by office_pcs.py through unshare, never by hand.
#   office_pc.sh DIR LOWER NAME
# An overlay over the tree of tests/states, whose changes go with the namespace. Prints "ready" and stays until it is ended.
set -eu
dir=$1 lower=$2 name=$3
here=$(cd "$(dirname "$0")/../states" && pwd)
. "$here/root.sh"
mount --make-rprivate /
hostname "$name"
mkdir -p "$dir/memory" "$dir/root"
mount -t tmpfs -o mode=755 tmpfs "$dir/memory"
mkdir "$dir/memory/upper" "$dir/memory/work"
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$dir/memory/upper,workdir=$dir/memory/work" "$dir/root"
mkdir -p "$dir/root/opt/gokajo" "$dir/root/before"
mount --bind "$GOKAJO_CLOSURE" "$dir/root/opt/gokajo"
mount_system "$dir/root"
mkdir -p "$dir/root/run/lock"
ip link set lo up
cd "$dir/root"
pivot_root . before
umount -l /before
echo ready
exec sleep infinity
