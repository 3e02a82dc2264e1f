"""Devices that report to a hub at a given rate, and the ledger of what they made and what was receipted."""
import hashlib
import http.client
import os
import sqlite3
import threading
import time


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def rows(state):
    """What the hub's database holds: {(device, epoch, seq): SHA-256 of the body}."""
    database = sqlite3.connect(os.path.join(state, "hub.db"))
    try:
        found = database.execute("PRAGMA integrity_check").fetchone()[0]
        assert found == "ok", found
        all_rows = database.execute("SELECT device, epoch, seq, body_sha256 FROM reports").fetchall()
        stored = {(device, epoch, seq): sha for device, epoch, seq, sha in all_rows}
        assert len(all_rows) == len(stored), "reports are there twice"
        return stored
    finally:
        database.close()


class Load:
    """Devices that report one after the other, `rate` a second in all, and write down what they made and what was receipted. A device that fell behind
    while the hub was down catches up."""

    def __init__(self, hub, devices, rate):
        self.hub, self.made, self.ledger, self.ends, self.refused = hub, {}, {}, threading.Event(), 0
        self.problems = []
        self.pause, self.began = len(devices) / rate, time.monotonic()
        self.threads = [threading.Thread(target=self.run, args=(device,), daemon=True) for device in devices]

    def start(self):
        for thread in self.threads:
            thread.start()

    def finish(self):
        """Every device still brings what it has made."""
        self.ends.set()
        for thread in self.threads:
            thread.join()

    def run(self, device):
        connection, seq, body = None, 1, None
        while body is not None or not self.ends.is_set():
            if body is None:
                time.sleep(max(0.0, self.began + seq * self.pause - time.monotonic()))
                body = device.report(1, seq, now())
                self.made[(device.id, 1, seq)] = hashlib.sha256(body).hexdigest()
            try:
                connection = connection or self.hub.connect()
                status, receipt, _ = self.hub.send(connection, device, "POST", "/v1/reports", 1, seq, body)
                if status == 503:  # "not now": an agent would wait for minutes
                    assert receipt["problem"] == "busy", receipt
                    self.refused += 1
                    time.sleep(0.1)
                    continue
                assert status == 200, (status, receipt)
                self.ledger[(device.id, 1, seq)] = receipt["body_sha256"]
                seq, body = seq + 1, None
            except AssertionError as problem:
                self.problems.append(f"{device.id[:8]} {seq}: {problem}")
                return
            except (OSError, http.client.HTTPException):
                connection = None
                time.sleep(0.02)  # the hub is down; the same report is sent again


def lost(load, stored):
    """What was receipted and is not there; what is there and nobody made, or with other bytes."""
    problems = [f"receipted and not in the database: {key}" for key, sha in load.ledger.items() if stored.get(key) != sha]
    problems += load.problems
    devices = {device for device, _, _ in load.made}
    return problems + [f"stored and never made so: {key}" for key, sha in stored.items() if key[0] in devices and load.made.get(key) != sha]
