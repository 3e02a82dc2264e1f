# Runs inside the state's own PC: makes the repositories, scans, lets the package manager really upgrade. What came out stands in /truth/out.
exec >/truth/out/log 2>&1 </dev/null
set -ex
cd /
# The time of /proc/1 is when it was first looked at: this PC is started now, before anything is installed.
exec 7</proc/1/stat
stat /proc/1 >/dev/null
mkdir -p -m 1777 /dev/shm
say() { printf '%s\n' "$*" >>/truth/out/expected; }
security() { local name; for name in "$@"; do say security "$name"; done; }
not_security() { local name; for name in "$@"; do say not_security "$name"; done; }
waits() { say waits "$1" "$2"; }
dated() { say dated "$1" "$2"; }
unmeasured() { say unmeasured pending; }
never_fetched() { say never_fetched "$1"; }
restart() { say restart "$1" "$2"; }
: >/truth/out/expected
# The tree is Debian's; the PC is what the state says it is, with an empty database of packages.
rm -rf /etc/apt/sources.list /etc/apt/sources.list.d /var/lib/apt/lists
. /truth/manager.sh
. /truth/state.sh
listing | sort >/truth/out/before

# Files of the system that the scan changes: everything but the state's own and what is not on a disk.
# Its own files stand in /var/lib/gokajo.
fingerprints() {
  find /etc /var /usr /root /home /opt /srv -xdev \( -type f -o -type l -o -type d \) -printf '%p %s %T@ %C@ %i\n' | grep -vE "$may_change" | grep -vE '^/var/lib(/gokajo[^ ]*)? ' | sort
}
fingerprints >/truth/out/files-before
status=0
timeout -k 5 60 /bin/sh /opt/gokajo/start scan --format json >/truth/out/scan.json 2>/truth/out/scan.err || status=$?
[ $status -lt 64 ]
fingerprints >/truth/out/files-after
# Whether the package manager itself asks for a restart, before it changes anything: yes or no.
! declare -F asks_restart >/dev/null || asks_restart >/truth/out/asks-restart
[ -e /truth/out/stopped ] || really
listing | sort >/truth/out/after
touch /truth/out/reached
