#!/bin/bash
# Runs one state in namespaces of its own; started by tests/states/run through unshare, never by hand.
#   enter.sh WORK LOWER BOOT PHASE
# WORK has state.sh (the state), PHASE is before or after, LOWER the overlay's lower directories, BOOT yes or no.
# What comes out stands in WORK/out: scan.json, exit, log.
set -eu
work=$1 lower=$2 boot=$3 phase=$4
here=$(cd "$(dirname "$0")" && pwd)
. "$here/root.sh"
root=$work/root
mkdir -p "$work/memory" "$root" "$work/out"
mount --make-rprivate /
# What the state writes goes with the namespace.
mount -t tmpfs -o mode=755 tmpfs "$work/memory"
mkdir "$work/memory/upper" "$work/memory/work"
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$work/memory/upper,workdir=$work/memory/work" "$root"
hostname pc-states

# A LAN of two: this PC as 192.168.77.9, and a neighbour at 192.168.77.50 that lives in a network namespace of its own.
mount -t tmpfs tmpfs /run
ip netns add lan
ip link set lo up
ip link add eth0 type veth peer name eth0 netns lan
ip addr add 192.168.77.9/24 dev eth0
ip link set eth0 up
ip netns exec lan ip link set lo up
ip netns exec lan ip addr add 192.168.77.50/24 dev eth0
ip netns exec lan ip link set eth0 up

# /state is what the harness needs inside: readable by root alone, so that no service of the PC can see it.
mkdir -p "$root/state" "$root/opt/gokajo"
mount -t tmpfs -o mode=700 tmpfs "$root/state"
cp "$here/inside.sh" "$here/stages.sh" "$work/state.sh" "$root/state/"
printf '%s\n' "$phase" >"$root/state/phase"
mkdir "$root/state/out"
mount --bind "$work/out" "$root/state/out"
touch "$root/state/lan"
mount --bind /run/netns/lan "$root/state/lan"
if [ -d "$GOKAJO_CLOSURE" ]; then
  mount --bind "$GOKAJO_CLOSURE" "$root/opt/gokajo"
  mount -o remount,bind,ro "$root/opt/gokajo"
fi

if [ "$boot" = yes ]; then
  mkdir -p "$root/usr/local/lib/systemd/system" "$root/etc/systemd/system/multi-user.target.wants"
  cat >"$root/usr/local/lib/systemd/system/state.service" <<'UNIT'
[Unit]
Description=Runs one state and switches off
After=multi-user.target
SuccessAction=poweroff-force
FailureAction=poweroff-force
[Service]
Type=oneshot
ExecStart=/bin/bash /state/inside.sh
[Install]
WantedBy=multi-user.target
UNIT
  ln -s /usr/local/lib/systemd/system/state.service "$root/etc/systemd/system/multi-user.target.wants/state.service"
  ip netns add pc
  # nspawn keeps CAP_NET_ADMIN only in a network namespace that it is given.
  mount --bind /proc/self/ns/net /run/netns/pc
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=0 timeout -k 5 150 systemd-nspawn --quiet --register=no --keep-unit --machine=pc-states \
    --network-namespace-path=/run/netns/pc --directory="$root" --bind="$root/state:/state" --bind-ro="$root/opt/gokajo:/opt/gokajo" \
    --console=pipe --boot </dev/null >"$work/out/console" 2>&1 || true
  exit 0
fi

mount_system "$root"
mkdir -p "$root/run/lock" "$root/state/old"
cd "$root"
pivot_root . state/old
umount -l /state/old
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 /bin/bash /state/inside.sh
