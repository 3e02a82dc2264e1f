# Runs inside the virtual machine, as its last service: brings the PC into the state that /snap/pc.sh describes, proves it with real programs,
# records what Gokajo asks, hands the file out and switches off. /snap is a folder of the host (9p); it is not mounted while Gokajo looks.
set -u
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8
mkdir -p /snap
mount -t 9p -o trans=virtio,version=9p2000.L share /snap || { systemctl poweroff --force; exit 1; }
exec >/snap/out/log 2>&1 </dev/null
about() { :; }
argued() { :; }
change() { :; }
proof() { :; }
mkdir -p /opt/gokajo
cp -a /snap/gokajo/. /opt/gokajo/
cp /snap/pc.sh /snap/stages.sh /run/
. /run/stages.sh
. /run/pc.sh

leave() {
  mountpoint -q /snap || mount -t 9p -o trans=virtio,version=9p2000.L share /snap
  exec >>/snap/out/log 2>&1
  [ -z "$1" ] || echo "$1" >/snap/out/broken
  [ ! -s /root/record.json ] || cp /root/record.json /snap/out/record.json
  cp /root/record.err /snap/out/record.err 2>/dev/null || true
  [ -n "$1" ] || : >/snap/out/done
  sync
  systemctl poweroff --force --force
  exit 0
}

# Not "( … ) || leave": bash ignores set -e inside such a list.
step() {
  (set -e; set -x; "$@")
  [ $? = 0 ] || leave "$1 failed"
}

step lan
step change
step proof
# A PC that made its own disk (luks.sh) has nothing to record.
[ "${records:-yes}" = yes ] || leave ""
exec >/dev/null 2>&1
cd /
umount /snap || leave "the folder of the host is in use"
rmdir /snap
env -i PATH="$PATH" HOME=/root LC_ALL=C.UTF-8 timeout -k 5 540 /bin/sh /opt/gokajo/start record --no-memory /root/record.json 2>/root/record.err ||
  { mkdir -p /snap; leave "gokajo record failed"; }
mkdir -p /snap
leave ""
