# Runs inside the state's own PC: makes the archives, scans, lets apt really upgrade. What came out stands in /truth/out.
exec >/truth/out/log 2>&1 </dev/null
set -ex
cd /
. /truth/archives.sh
security() { printf 'security %s\n' "$@" >>/truth/out/expected; }
not_security() { printf 'not_security %s\n' "$@" >>/truth/out/expected; }
waits() { printf 'waits %s %s\n' "$1" "$2" >>/truth/out/expected; }
: >/truth/out/expected
rm -rf /var/lib/apt/lists/* /etc/apt/sources.list /etc/apt/sources.list.d/*
. /truth/state.sh
apt-get -q update
cp /var/lib/dpkg/status /truth/out/before
status=0
timeout -k 5 60 /bin/sh /opt/gokajo/start scan --format json >/truth/out/scan.json 2>/truth/out/scan.err || status=$?
[ $status -lt 64 ]
cmp /var/lib/dpkg/status /truth/out/before
apt-get -q -y -o Dpkg::Use-Pty=0 dist-upgrade
cp /var/lib/dpkg/status /truth/out/after
touch /truth/out/reached
