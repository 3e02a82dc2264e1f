"""The stories' PCs: real Debian 12 trees (tests/states) in namespaces of their own, each with the real gokajo, on a network of its own with the hub's machine.

A PC is put in order once: what it is judged by is real (apt, PAM, nftables, smbd) but for its antivirus, whose documented answer a script gives, since no
maker's product can be had here (tests/snapshots/replaced/falcon-on.json)."""
import contextlib
import datetime
import json
import os
import pathlib
import subprocess
import time

HERE = pathlib.Path(__file__).resolve().parent
STATES = HERE.parent / "states"
CACHE = os.environ.get("GOKAJO_STATES_CACHE", "/var/cache/gokajo-states")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

IN_ORDER = r"""
set -e
sed -i '/pam_unix.so/s/$/ minlen=12/' /etc/pam.d/common-password
mkdir -p /opt/CrowdStrike
printf '#!/bin/sh\necho "rfm-state=false."\n' >/opt/CrowdStrike/falconctl
chmod 755 /opt/CrowdStrike/falconctl
cp /usr/bin/sleep /opt/CrowdStrike/falcon-sensor
setsid /opt/CrowdStrike/falcon-sensor infinity </dev/null >/dev/null 2>&1 &
nft -f - <<'RULES'
table inet filter {
  chain input {
    type filter hook input priority 0; policy drop;
    iif "lo" accept
    ct state established,related accept
    ip saddr 192.168.0.0/16 tcp dport 445 accept
  }
}
RULES
"""
SHARE = r"""
set -e
mkdir -m 777 /srv/mitsumori
printf '[見積]\n path = /srv/mitsumori\n guest ok = yes\n read only = no\n' >>/etc/samba/smb.conf
smbd -D
for _ in $(seq 100); do ss -Hltn 'sport = :445' | grep -q . && exit 0; sleep 0.1; done
exit 1
"""


def make_tree():
    """The tree that PCs start from; made when it is missing or old (two minutes and the network). False: it cannot be made here."""
    return subprocess.run(["bash", "-c", 'here=$1; . "$here/base.sh"; want_base', "stories", str(STATES)]).returncode == 0


def bring_program(gokajo, place):
    subprocess.run(["bash", "-c", 'here=$1; . "$here/base.sh"; bring_program "$2" "$3"', "stories", str(STATES), gokajo, str(place)], check=True)


class Pc:
    """`number`: of its network, 192.168.<number>.9 beside the hub's 192.168.<number>.1."""

    def __init__(self, place, closure, number, name, hub_name, roots):
        self.name, self.number, self.service = name, number, None
        directory = pathlib.Path(place, f"{name}-{number}")
        directory.mkdir()
        self.holder = subprocess.Popen(["unshare", "--mount", "--uts", "--ipc", "--net", "--pid", "--fork", "--kill-child", "bash", str(HERE / "office_pc.sh"), str(directory), f"{CACHE}/base", name],
                                       stdout=subprocess.PIPE, text=True, env={**os.environ, "GOKAJO_CLOSURE": str(closure)})
        assert self.holder.stdout.readline() == "ready\n", f"{name} did not start"
        (self.inside,) = pathlib.Path(f"/proc/{self.holder.pid}/task/{self.holder.pid}/children").read_text().split()
        subprocess.run(["ip", "link", "add", f"lan{number}", "type", "veth", "peer", "name", "eth0", "netns", self.inside], check=True)
        subprocess.run(["ip", "addr", "add", f"192.168.{number}.1/24", "dev", f"lan{number}"], check=True)
        subprocess.run(["ip", "link", "set", f"lan{number}", "up"], check=True)
        self.run("ip", "addr", "add", f"192.168.{number}.9/24", "dev", "eth0")
        self.run("ip", "link", "set", "eth0", "up")
        self.run("sh", "-c", f"printf '127.0.0.1 localhost\\n192.168.{number}.1 {hub_name}\\n' >/etc/hosts; cat >>/etc/ssl/certs/ca-certificates.crt", text=roots)

    def command(self, *words):
        return ["nsenter", f"--target={self.inside}", "--mount", "--uts", "--ipc", "--net", "--pid", "--root", "env", "-i", "--chdir=/", f"PATH={PATH}", "HOME=/root", "LC_ALL=C.UTF-8", *words]

    def run(self, *words, text=None, expect=(0,)):
        done = subprocess.run(self.command(*words), input=text, stdin=None if text is not None else subprocess.DEVNULL, capture_output=True, text=True, timeout=180)
        assert done.returncode in expect, f"{self.name}: {words} ended with {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def gokajo(self, *words, **more):
        return self.run("sh", "/opt/gokajo/start", *words, **more)

    def put_in_order(self):
        self.run("bash", "-s", text=IN_ORDER)

    def share(self):
        """A folder that everybody in the office may write to without a password; shown by a visitor's own smbclient."""
        self.run("bash", "-s", text=SHARE)
        assert self.visitor_sees_share(), "the share is not open"

    def visitor_sees_share(self):
        done = subprocess.run(self.command("smbclient", "-N", f"//192.168.{self.number}.9/見積", "-c", "ls"), capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
        return done.returncode == 0

    def close_share(self):
        """By the steps of the page: no guest, the person who may, and smbd anew (without systemd here)."""
        self.run("bash", "-s", text="set -e\nsed -i 's/guest ok = yes/guest ok = no/; /^\\[見積\\]/a\\ valid users = yamada' /etc/samba/smb.conf\ntestparm -s >/dev/null 2>&1\npkill -x smbd\nsleep 0.3\nsmbd -D\n"
                 "for _ in $(seq 100); do ss -Hltn 'sport = :445' | grep -q . && exit 0; sleep 0.1; done\nexit 1\n")
        for _ in range(50):
            if not self.visitor_sees_share():
                return
            time.sleep(0.1)
        raise AssertionError("the share is still open")

    def read_briefing(self, right_answers):
        """As the person who works at this PC."""
        self.run("setpriv", "--reuid=yamada", "--regid=yamada", "--init-groups", "env", "HOME=/home/yamada", "sh", "/opt/gokajo/start", "learn", text=right_answers)

    def enrol(self, address, code, label):
        return self.gokajo("enroll", address, "--label", label, "--lang", "ja", text=code + "\n")

    def report_until_receipted(self):
        """As the service would: on a busy machine a try may take too long."""
        for _ in range(5):
            if "unreachable" not in self.gokajo("run", "--once", expect=(0, 75)):
                return
        raise AssertionError(f"{self.name} cannot reach the hub")

    def serve(self):
        """The service, as systemd would start it, eleven minutes after the last scan: within ten minutes of one, no wish brings another (docs/protocol.md)."""
        file = "/var/lib/gokajo/schedule.json"
        record = json.loads(self.run("cat", file))
        last = record["last_scan"]
        last["wall"] = (datetime.datetime.fromisoformat(last["wall"].replace("Z", "+00:00")) - datetime.timedelta(minutes=11)).strftime("%Y-%m-%dT%H:%M:%SZ")
        last["since_start_ms"] -= 11 * 60 * 1000
        self.run("tee", file, text=json.dumps(record))
        self.service = subprocess.Popen(self.command("sh", "/opt/gokajo/start", "run"), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def end(self):
        if self.service:
            self.service.terminate()
        self.holder.kill()
        self.holder.wait()
        if self.service:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.service.wait(10)
