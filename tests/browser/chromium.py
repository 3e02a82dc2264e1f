"""What tests in a real browser share: Debian's Chromium, a demo's hub, a port that is free."""
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "tests/integration"))
import npm  # noqa: E402


def chromium():
    return shutil.which("chromium") or shutil.which("chromium-browser")


def missing():
    """What is not installed and has to be; None: nothing."""
    return npm.missing() or (None if chromium() else "chromium")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port):
    for _ in range(600):
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)


def demo(hub, state, clients, base):
    """A demo's folder, and the link that lets each of its people in, by role; None: it could not be made."""
    made = subprocess.run([hub, "demo", "--state", state, "--clients", str(clients), "--address", base, "--lang", "en"], capture_output=True, text=True)
    print(made.stdout, made.stderr, sep="", end="", flush=True)
    return dict(re.findall(r"\((owner|administrator|adviser|viewer), [^)]*\): (https://\S+)", made.stdout)) if made.returncode == 0 else None


def troubles(log):
    """What a hub's log has that no test of a browser should bring about."""
    return [line for line in pathlib.Path(log).read_text().splitlines() if "ERROR" in line or "trouble" in line]
