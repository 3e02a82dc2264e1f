# Runs inside the booted PC, as root. What is found goes to /state/out.
exec >/state/log 2>&1 </dev/null
set -x
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
check() { local what=$1; shift; if "$@"; then echo "ok     $what" >>/state/out; else echo "FAILED $what" >>/state/out; fi; }
refused() { ! "$@"; }
within() { local seconds=$1; shift; for ((i = 0; i < seconds * 2; i++)); do "$@" && return 0; sleep 0.5; done; return 1; }
ip link set lo up
# Files of the system, without what any installation moves.
tree() { find / -xdev \( -path /state -o -path /tmp -o -path /run -o -path /proc -o -path /sys -o -path /dev -o -path /var/log -o -path /var/lib/dpkg -o -path /var/cache -o -path /var/lib/systemd -o -path /var/tmp \) -prune -o -printf '%p %M %u %g\n' | sort; }
tree >/state/before
hub() { gokajo-hub "$@" --lang ja; }

dpkg -i /state/gokajo-hub_*.deb
check "gokajo-hub: installed and active" within 10 systemctl --quiet is-active gokajo-hub
check "gokajo-hub: runs as its own user" test "$(ps -o user= -p "$(systemctl show -P MainPID gokajo-hub)")" = gokajo-hub
check "gokajo-hub: its state is its own" test "$(stat -c '%U %a' /var/lib/gokajo-hub)" = "gokajo-hub 700"
hub company add yamada --name 山田工務店 --responsible 田中 --staff-told --devices 1
check "an administrator's command leaves no file of root's in the hub's directory" test -z "$(find /var/lib/gokajo-hub -not -user gokajo-hub)"
within 20 test -s /var/lib/gokajo-hub/serving.json
hub token new yamada >/state/sheet
code=$(sed -n 's/^コード: //p' /state/sheet)
check "a code is issued" test -n "$code"

mkdir -p /etc/gokajo
python3 - "$code" <<'PY'
import json, sys
json.dump({"format": "gokajo-setup/1", "hub": "https://localhost:8443", "ca": open("/var/lib/gokajo-hub/tls/ca.pem").read(), "code": sys.argv[1]}, open("/etc/gokajo/gokajo-setup.json", "w"))
PY
chmod 600 /etc/gokajo/gokajo-setup.json
dpkg -i /state/gokajo_*.deb
check "gokajo: installed and active" within 10 systemctl --quiet is-active gokajo
check "gokajo: enrolled by the setup file" test -s /var/lib/gokajo/enrolment.json
arrived() { hub device list yamada | grep -q "$(date +%Y)"; }
check "the first report has its receipt within a minute" within 60 test -s /var/lib/gokajo/last-sent.report
check "the hub lists the PC" within 30 arrived
# It is left for everybody after the report, which takes a while on a busy machine.
check "gokajo status, without rights, knows the service's result" within 60 sh -c 'setpriv --reuid=65534 --regid=65534 --clear-groups gokajo status --lang ja | grep -q "最後の点検: 20"'
check "the agent listens nowhere" refused sh -c 'ss -Hltnup | grep "\"gokajo\""'
device=$(sha256sum </var/lib/gokajo/device.key)

mkdir -p /run/systemd/system/gokajo.service.d
printf '[Service]\nWatchdogSec=4s\nRestartSec=1s\n' >/run/systemd/system/gokajo.service.d/test.conf
systemctl daemon-reload
systemctl restart gokajo
sleep 2
hung=$(systemctl show -P MainPID gokajo)
kill -STOP "$hung"
back() { local pid; pid=$(systemctl show -P MainPID gokajo); [ "$pid" != 0 ] && [ "$pid" != "$hung" ] && systemctl --quiet is-active gokajo; }
check "a hung agent is killed by the watchdog and comes back" within 40 back
rm -r /run/systemd/system/gokajo.service.d
systemctl daemon-reload
systemctl restart gokajo

dpkg -i /state/gokajo_*.deb /state/gokajo-hub_*.deb
check "after an upgrade both are active" within 20 sh -c 'systemctl --quiet is-active gokajo && systemctl --quiet is-active gokajo-hub'
check "after an upgrade the PC is the same device" test "$(sha256sum </var/lib/gokajo/device.key)" = "$device"
check "after an upgrade the hub knows it" arrived

dpkg -r gokajo gokajo-hub
check "removed: nothing runs" refused pgrep -x 'gokajo|gokajo-hub'
check "removed: the programs are gone" refused test -e /usr/bin/gokajo
check "removed: what was kept stays" sh -c 'test -s /var/lib/gokajo/device.key && test -s /var/lib/gokajo-hub/hub.db'
dpkg -P gokajo gokajo-hub
tree >/state/after
diff /state/before /state/after | grep '^[<>]' | grep -vE ' ?/etc/(passwd|group|shadow|gshadow|subuid|subgid)-? ' | grep -vE '^[<>] (/|/etc|/usr/bin|/usr/share/man.*|/var|/var/lib) ' >/state/left
check "purged: the tree is as it was, but for the hub's user" test ! -s /state/left
cat /state/left
echo "ok     done" >>/state/out
