"""Cycles of the agent against a hub of tests/faults/faulthub.py, and the oracle over what came of them."""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import tempfile

import faulthub

ROOT = pathlib.Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "tests/data/snapshots/office-plain.json"


class Office:
    """A hub, and one PC enrolled with it."""

    def __init__(self, build, folder=None, state=None):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="gokajo-faults-"))
        self.cycle_program, self.gokajo = f"{build}/tests/faults/one_cycle", f"{build}/agent/gokajo"
        self.state = pathlib.Path(state or self.folder / "state")
        self.authority = faulthub.Authority(self.folder / "ca")
        self.certificate, self.key = self.authority.issue("hub")
        self.hub = faulthub.Hub(self.certificate, self.key)
        self.spooled = []
        subprocess.run([self.gokajo, "enroll", f"https://localhost:{self.hub.port}", "--state", self.state, "--ca", self.authority.pem], input=b"K7WM-P2QX\n", check=True,
                       stdout=subprocess.DEVNULL)

    def close(self):
        self.hub.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, *before):
        # Waits are tested elsewhere; here every cycle shall send.
        (self.state / "uplink.json").unlink(missing_ok=True)
        return subprocess.Popen([*before, self.cycle_program, str(self.state), str(SNAPSHOT)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self, process, timeout=120):
        out, err = process.communicate(timeout=timeout)
        self.spooled += [(int(e), int(s)) for e, s in re.findall(rb"^spooled (\d+) (\d+)$", out, re.M)]
        return process.returncode, err.decode(errors="replace")

    def cycle(self, *before, timeout=120):
        return self.finish(self.start(*before), timeout)

    def waiting(self, state=None):
        """What is in the spool, with the SHA-256 of each body; a file that is not what was written is a fault."""
        found = {}
        for file in (pathlib.Path(state or self.state) / "spool").glob("*.report"):
            data = file.read_bytes()
            head, _, body = data.partition(b"\n")
            size, digest = head.split(b" ")[1:]
            if int(size) != len(body) or digest.decode() != hashlib.sha256(body).hexdigest():
                raise AssertionError(f"torn entry in the spool: {file.name}")
            epoch, seq = file.name.split("-")[:2]
            found[int(epoch), int(seq)] = digest.decode()
        return found

    def discarded(self):
        file = self.state / "spool/counts.json"
        return sum(json.loads(file.read_text())["discarded"].values()) if file.exists() else 0

    def faults(self):
        """spooled = stored by the hub + waiting + counted as discarded; nothing twice, nothing under one number with two contents."""
        problems, waiting = [], self.waiting()
        missing = [p for p in set(self.spooled) if p not in self.hub.stored and p not in waiting]
        if len(missing) > self.discarded():
            problems.append(f"lost: {sorted(missing)}, discarded {self.discarded()}")
        if len(self.spooled) != len(set(self.spooled)):
            problems.append("a number was used twice")
        problems += [f"other bytes under one number: {p}" for p in self.hub.conflicts]
        problems += [f"other bytes wait than were stored: {p}" for p, d in waiting.items() if self.hub.stored.get(p, d) != d]
        return problems
