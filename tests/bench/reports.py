"""What the benchmarks of the hub share: reports of a recorded PC, and what a process used."""
import json
import os
import pathlib
import struct
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def without_times(json_value):
    """As an agent sends facts: when a scan looked at each is left out (protocol/content.h)."""
    if isinstance(json_value, dict):
        timed = "source" in json_value and json_value.keys() & {"value", "absent", "reason"}
        return {key: without_times(value) for key, value in json_value.items() if not (timed and key == "observed_at")}
    return [without_times(value) for value in json_value] if isinstance(json_value, list) else json_value


def real_content(gokajo, snapshot, inventory):
    """What a PC of tests/data/snapshots sends."""
    scan = json.loads(subprocess.run([gokajo, "scan", "--from", ROOT / "tests/data/snapshots" / snapshot, "--format", "json"],
                                     capture_output=True, text=True, check=False).stdout)
    if not inventory:
        scan["evidence"].pop("inventory", None)
    memory = {"format": "gokajo-memory/1", "first_seen": {}, "last_good": {}, "not_offered": {}}
    return {"evidence": without_times(scan["evidence"]), "memory": memory, "findings": []}


def request(device, seq, content, scanned_at):
    content["memory"]["last_good"] = {f"pass/{device.id[:8]}-{seq}": scanned_at}  # each is another
    body = device.report(1, seq, scanned_at, content)
    head = "".join(f"{name}: {value}\r\n" for name, value in device.headers("POST", "/v1/reports", 1, seq, body).items())
    return f"POST /v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body, body


def post(client, hub, requests):
    """What post_requests says of them; it sends one file over one connection."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        for number, one in enumerate(requests):
            pathlib.Path(folder, str(number)).write_bytes(b"".join(struct.pack(">I", len(request)) + request for request in one))
        done = subprocess.run([client, str(hub.port), os.path.join(hub.state, "tls", "ca.pem"), folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def cpu_of(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(process):
    return next(int(line.split()[1]) // 1024 for line in pathlib.Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmHWM"))
