#!/usr/bin/env python3
"""The real hub on loopback, from its first command to a kill -9 under load: hub_end_to_end.py GOKAJO_HUB [--kills N] [--seed N] [--rate N] [--only-kills].

Everything a receipt was given for is in the database, once; every other line of docs/protocol.md that needs a network is tried here."""
import argparse
import base64
import hashlib
import json
import os
import pathlib
import random
import re
import socket
import sqlite3
import ssl
import subprocess
import tempfile
import threading
import time

from hub_client import Device, Hub, Visitor
from load import Load, lost, rows
from openapi import Contract

THREADS = 12


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def equal(found, wanted, what):
    assert found == wanted, f"{what}: {found!r} instead of {wanted!r}"


def set_up(hub):
    hub.command("company", "add", "yamada", "--name", "山田工務店", "--devices", "3")
    hub.command("company", "add", "yamada", expect=64)
    hub.command("company", "add", "Bad Id", expect=64)
    hub.command("token", "new", "yamada", expect=64)  # nobody is responsible yet
    pin = hub.start()
    hub.command("company", "set", "yamada", "--responsible", "田中")
    hub.command("token", "new", "yamada", expect=64)  # and nobody was told
    hub.command("company", "set", "yamada", "--staff-told", "--owner-mail", "no address", expect=65)
    hub.command("company", "set", "yamada", "--staff-told")
    sheet = hub.command("token", "new", "yamada")
    assert pin in sheet and "田中" in sheet and f":{hub.port}" in sheet, sheet
    return pin


def first_report(hub, pin):
    device, stranger = Device(), Device()
    connection = hub.connect()
    equal(hub.enrol(connection, device, "AAAA-AAAA")[0], 401, "a code that never was")
    code = hub.code("yamada")
    status, enrolled, _ = hub.enrol(connection, device, code, "PC-09 設計")
    equal((status, enrolled["epoch"], enrolled["company"], enrolled["state"]), (200, 1, "山田工務店", "approved"), "enrolment")
    equal(enrolled["device"], device.id, "the device's id")
    equal(hub.enrol(connection, device, code)[:2], (200, enrolled), "the same again")
    equal(hub.enrol(connection, stranger, code)[0], 401, "a code used twice")
    body = device.report(1, 1, now())
    status, receipt, _ = hub.send(connection, device, "POST", "/v1/reports", 1, 1, body)
    equal((status, receipt["known"], receipt["body_sha256"]), (200, False, hashlib.sha256(body).hexdigest()), "receipt")
    status, again, _ = hub.send(connection, device, "POST", "/v1/reports", 1, 1, body)
    equal((status, again["known"], again["stored_at"]), (200, True, receipt["stored_at"]), "receipt of the same")
    equal(hub.send(connection, device, "POST", "/v1/reports", 1, 1, body + b" ")[0], 409, "the same number, other bytes")
    equal(hub.send(connection, stranger, "POST", "/v1/reports", 1, 1, stranger.report(1, 1, now()))[0], 401, "a stranger")
    status, settings, headers = hub.send(connection, device, "GET", "/v1/settings", 1, 0, b"")
    equal((status, settings["company"], headers["etag"]), (200, "山田工務店", f'"{receipt["settings_sha256"]}"'), "settings")
    status, text, _ = hub.send(connection, device, "GET", "/v1/settings", 1, 0, b"", If_None_Match=headers["etag"])
    equal((status, text), (304, b""), "settings that are known")
    return device


def signed_by_openssl(hub, directory, device):
    """The same signature made by another program: OpenSSL, from a key in PKCS#8 (RFC 8410)."""
    der = bytes.fromhex("302e020100300506032b657004220420") + device.seed
    key, message = os.path.join(directory, "device.der"), os.path.join(directory, "message")
    with open(key, "wb") as file:
        file.write(der)
    body = device.report(1, 2, now())
    with open(message, "wb") as file:
        file.write(device.message("POST", "/v1/reports", 1, 2, body))
    made = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-keyform", "DER", "-inkey", key, "-in", message], capture_output=True, check=True)
    equal(made.stdout, device.sign(device.message("POST", "/v1/reports", 1, 2, body)), "OpenSSL's signature")


def many_pcs(hub):
    """設置日コード: waiting until a person approves; a removed PC is refused."""
    code = hub.code("yamada", "--install-day")
    device = Device()
    connection = hub.connect()
    status, enrolled, _ = hub.enrol(connection, device, code, "PC-11 受付")
    equal((status, enrolled["state"]), (200, "waiting"), "enrolment by a code for many")
    equal(hub.send(connection, device, "POST", "/v1/reports", 1, 1, device.report(1, 1, now()))[0], 200, "a waiting PC's report")
    assert "waiting" in hub.command("device", "list", "yamada")
    hub.command("device", "approve", "yamada", "PC-11 受付")
    hub.command("device", "rename", "yamada", device.id[:12], "PC-12 受付")
    hub.command("device", "scan", "yamada", "PC-12 受付")
    status, receipt, _ = hub.send(connection, device, "POST", "/v1/reports", 1, 2, device.report(1, 2, "2026-11-01T00:00:00Z"))
    assert "scan_wanted" in receipt, receipt
    hub.command("device", "remove", "yamada", "PC-12 受付")
    equal(hub.send(connection, device, "POST", "/v1/reports", 1, 3, device.report(1, 3, now()))[0], 403, "a removed PC's report")
    hub.command("device", "approve", "yamada", device.id[:12], expect=64)
    hub.command("token", "revoke", "yamada", "3")


def carried(hub, directory, device):
    body = device.report(1, 3, now())
    head = device.headers("POST", "/v1/reports", 1, 3, body)
    file = os.path.join(directory, "carried.json")

    def write(signature):
        with open(file, "w", encoding="utf-8") as out:
            document = {"format": "gokajo-carried/1", "method": "POST", "path": "/v1/reports", "device": device.id, "epoch": 1, "seq": 3,
                        "signature": signature, "body": base64.b64encode(body).decode()}
            hub.contract.fits("a carried report", document, {"$ref": "schema/carried.schema.json"})
            json.dump(document, out)

    write(base64.b64encode(bytes(64)).decode())
    hub.command("import", file, expect=77)
    write(head["Gokajo-Signature"])
    receipt = json.loads(hub.command("import", file))
    equal((receipt["known"], receipt["body_sha256"]), (False, hashlib.sha256(body).hexdigest()), "receipt of a carried report")
    equal(json.loads(hub.command("import", file))["known"], True, "the same carried again")


def people(hub):
    """The first person by the link of the command line, through TLS as a browser would."""
    visitor = Visitor(hub.connect)
    equal(visitor.ask("GET", "/c/yamada")[0], 401, "a company's page before")
    visitor.set_up(hub.command("person", "set-up").splitlines()[-1])
    for target in ("/c/yamada", "/c/yamada/devices", "/c/yamada/checks", "/c/yamada/shares", "/c/yamada/software"):
        status, text = visitor.ask("GET", target)
        assert status == 200 and "<script" not in text, (target, text)
    status, text = visitor.ask("GET", "/c/yamada/devices")
    assert "PC-09 設計" in text, text
    device = re.search(r'/c/yamada/devices/([0-9a-f]{64})', text).group(1)
    equal(visitor.ask("GET", f"/c/yamada/devices/{device}")[0], 200, "a PC's page")
    equal(visitor.ask("GET", f"/c/yamada/devices/{device}/report")[0], 200, "what it sent last")
    equal(visitor.ask("POST", "/sign-out")[0], 403, "a form without its token")
    visitor.ask("GET", "/me")
    equal(visitor.ask("POST", "/sign-out", {"token": visitor.token})[0], 303, "signing out")
    equal(visitor.ask("GET", "/c/yamada")[0], 401, "a company's page afterwards")
    assert "tanaka@example.jp" in hub.command("person", "list", "yamada")
    hub.command("person", "set-up", expect=64)
    hub.command("person", "link", "nobody@example.jp", expect=66)
    database = sqlite3.connect(os.path.join(hub.state, "hub.db"))
    database.execute("UPDATE persons SET totp = zeroblob(60)")
    database.commit()
    link = hub.command("person", "link", "tanaka@example.jp", "--end-second-step").splitlines()[-1]
    equal(database.execute("SELECT length(totp) FROM persons").fetchall(), [(0,)], "the second step, ended")
    database.close()
    equal(visitor.ask("GET", link[link.index("/enter"):])[0], 200, "a link of the command line")
    equal(visitor.ask("POST", "/enter", {"token": visitor.token, "key": link[link.index("key=") + 4:]})[0], 303, "signing in by it")
    equal(visitor.ask("GET", "/c/yamada")[0], 200, "a company's page again")


def copies(hub, program, directory):
    copy = os.path.join(directory, "copy.db")
    hub.command("backup", copy)
    hub.command("backup", copy, expect=77)
    other = Hub(program, os.path.join(directory, "restored"))
    other.command("restore", copy)
    other.command("restore", copy, expect=77)  # never over what is there
    equal(other.command("device", "list", "yamada"), hub.command("device", "list", "yamada"), "the PCs of the copy")


def taken_port(hub, program, directory):
    other = Hub(program, os.path.join(directory, "other"))
    done = subprocess.run([program, "serve", "--state", other.state, "--listen", "127.0.0.1", "--port", str(hub.port), "--lang", "ja"],
                          capture_output=True, text=True, timeout=60)
    equal(done.returncode, 69, "a port that is taken")
    assert "--port" in done.stderr, done.stderr


def limits(hub, program, directory):
    """A header that is there twice, a body that is too large, no TLS, an address over its rate."""
    device = Device()
    connection = hub.connect()
    connection.putrequest("POST", "/v1/reports")
    for name, value in device.headers("POST", "/v1/reports", 1, 1, b"").items():
        connection.putheader(name, value)
        connection.putheader(name, value)
    connection.putheader("Content-Length", "0")
    connection.endheaders()
    equal(connection.getresponse().status, 400, "headers that are there twice")
    connection = hub.connect()
    connection.request("POST", "/v1/reports", body=b"x" * (256 * 1024 + 1))
    equal(connection.getresponse().status, 413, "a body that is too large")
    plain = socket.create_connection(("127.0.0.1", hub.port))
    plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert b"HTTP" not in plain.recv(4096), "the hub speaks without TLS"
    slow = Hub(program, os.path.join(directory, "slow"))
    slow.start("--requests-per-second", "1")
    try:
        statuses = []
        for _ in range(40):
            connection = slow.connect()
            connection.request("GET", "/style.css", headers={"X-Forwarded-For": f"198.51.100.{len(statuses)}"})
            statuses.append(connection.getresponse().status)
        assert statuses[0] == 200 and 429 in statuses, statuses
    finally:
        slow.kill()


def own_certificate(program, directory):
    """A certificate that was given is read again when its files change, without a new start."""
    hub = Hub(program, os.path.join(directory, "given"))
    os.makedirs(os.path.join(hub.state, "tls"), mode=0o700)
    pem, key = os.path.join(directory, "given.pem"), os.path.join(directory, "given.key")

    def make():
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
                        "/CN=given", "-addext", "subjectAltName=DNS:localhost", "-keyout", key + ".new", "-out", pem + ".new"],
                       check=True, capture_output=True)
        os.replace(key + ".new", key)
        os.replace(pem + ".new", pem)

    def served():
        return ssl.get_server_certificate(("127.0.0.1", hub.port))

    make()
    os.chmod(hub.state, 0o700)
    hub.start("--certificate", pem, "--key", key, "--name", "localhost")
    try:
        first = served()
        make()
        while served() == first:  # within seconds; ctest's own limit ends it otherwise
            time.sleep(0.2)
    finally:
        hub.kill()


def every_answer(hub, program, directory):
    """What docs/openapi.yaml says a hub may answer and was not seen yet."""
    connection = hub.connect()
    device, leaver = Device(), Device()
    code = hub.code("yamada")
    for one, its in ((device, code), (leaver, hub.code("yamada"))):
        equal(hub.enrol(connection, one, its, "PC-13")[0], 200, "enrolment")
    later = json.loads(device.enrolment(code)) | {"format": "gokajo-enrol/2"}
    report = json.loads(device.report(1, 1, now()))

    def ask(wanted, what, path, body=b"", seq=1, one=device, method="POST"):
        epoch, seq = (0, 0) if path == "/v1/enrol" else (1, seq)
        equal(hub.send(hub.connect(), one, method, path, epoch, seq, body)[0], wanted, what)

    ask(400, "an enrolment that is no JSON", "/v1/enrol", b"{")
    ask(413, "an enrolment that is too large", "/v1/enrol", b" " * (17 << 10))
    ask(422, "an enrolment of a later form", "/v1/enrol", json.dumps(later).encode())
    ask(400, "a report that is no JSON", "/v1/reports", b"{")
    ask(413, "a report that is too large", "/v1/reports", b" " * ((256 << 10) + 1))
    ask(422, "a report of a later form", "/v1/reports", json.dumps(report | {"format": "gokajo-report/2"}).encode())
    ask(401, "settings for a stranger", "/v1/settings", one=Device(), method="GET", seq=0)
    ask(200, "what the hub wishes", "/v1/wishes", method="GET", seq=0)
    ask(401, "wishes for a stranger", "/v1/wishes", one=Device(), method="GET", seq=0)
    ask(401, "a stranger leaves", "/v1/unenrol", one=Device(), seq=0)
    # A table that is later than the one compiled in, which a running hub takes by itself.
    levels = json.loads((pathlib.Path(__file__).resolve().parents[2] / "compliance/data/windows_levels.json").read_text())
    later = pathlib.Path(directory, "levels.json")
    later.write_text(json.dumps(levels | {"version": "2099.1"}))
    hub.command("data", "add", str(later))
    for _ in range(60):
        _, settings, _ = hub.send(hub.connect(), device, "GET", "/v1/settings", 1, 0, b"")
        if "tables" in settings:
            break
        time.sleep(0.5)
    for kind in ("packs", "briefings", "tables"):
        known, unknown = f"/v1/{kind}/{settings[kind][0]['sha256']}", f"/v1/{kind}/{'0' * 64}"
        ask(200, "a file that is in force", known, method="GET", seq=0)
        ask(404, "a file that is not", unknown, method="GET", seq=0)
        ask(401, "a file for a stranger", known, one=Device(), method="GET", seq=0)
    ask(204, "a PC leaves", "/v1/unenrol", one=leaver, seq=0)
    ask(403, "a PC leaves twice", "/v1/unenrol", one=leaver, seq=0)
    ask(403, "settings for a PC that left", "/v1/settings", one=leaver, method="GET", seq=0)
    ask(403, "wishes for a PC that left", "/v1/wishes", one=leaver, method="GET", seq=0)
    for kind in ("packs", "briefings", "tables"):
        ask(403, "a file for a PC that left", f"/v1/{kind}/{'0' * 64}", one=leaver, method="GET", seq=0)
    hub.command("device", "remove", "yamada", device.id[:12])
    ask(403, "the same code again for a PC that was removed", "/v1/enrol", device.enrolment(code))
    paths = (("POST", "/v1/enrol"), ("POST", "/v1/reports"), ("GET", "/v1/settings"), ("GET", "/v1/wishes"), ("POST", "/v1/unenrol"),
             ("GET", f"/v1/packs/{'0' * 64}"), ("GET", f"/v1/briefings/{'0' * 64}"), ("GET", f"/v1/tables/{'0' * 64}"))
    for _ in range(19):  # with the first stranger's, as many refused enrolments as an address may have
        hub.enrol(connection, Device(), "AAAA-AAAA")
    ask(429, "enrolments of an address that was refused too often", "/v1/enrol", device.enrolment(code))
    # The store is held by another program for longer than the hub waits: nothing can be taken.
    database = sqlite3.connect(os.path.join(hub.state, "hub.db"), isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    asking = [threading.Thread(target=hub.send, args=(hub.connect(), device, method, path, 0 if path == "/v1/enrol" else 1, 0, b"")) for method, path in paths]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    database.execute("ROLLBACK")
    slow = Hub(program, os.path.join(directory, "hurried"))
    slow.contract = hub.contract
    slow.start("--requests-per-second", "1")
    try:
        for method, path in paths:
            for _ in range(12):
                if slow.send(slow.connect(), device, method, path, 0, 0, b"")[0] == 429:
                    break
    finally:
        slow.kill()


def contract_holds(contract, hub):
    equal(contract.result(), [], "docs/openapi.yaml")
    device = Device()
    connection = hub.connect()
    hub.enrol(connection, device, hub.code("yamada"))
    _, receipt, headers = hub.send(connection, device, "POST", "/v1/reports", 1, 1, device.report(1, 1, now()))
    assert contract.control(receipt, headers), "control: docs/openapi.yaml takes anything"
    print(f"docs/openapi.yaml: all {len(contract.documented())} answers were seen and are as it says")


def kills(hub, count, seed, rate):
    draw = random.Random(seed)
    devices = [Device() for _ in range(THREADS)]
    connection = hub.connect()
    for device in devices:
        equal(hub.enrol(connection, device, hub.code("yamada"))[0], 200, "enrolment")
    load = Load(hub, devices, rate)
    load.start()
    up = 0.0
    for _ in range(count):
        since = time.monotonic()
        time.sleep(draw.uniform(0.1, 1.0))  # when the kill falls is the test's dice, nothing is concluded from it
        hub.kill()
        up += time.monotonic() - since
        hub.start("--requests-per-second", "1000000")
    took = time.monotonic() - load.began
    load.finish()
    stored = rows(hub.state)
    equal(lost(load, stored), [], "the ledger")
    assert len(load.ledger) > count, "too few reports for the kills to fall among"
    # Controls: an oracle that misses a report that is gone, or bytes that are others, would find nothing above.
    one = next(iter(load.ledger))
    assert lost(load, {key: sha for key, sha in stored.items() if key != one}), "control: a lost report was not noticed"
    assert lost(load, {**stored, one: "0" * 64}), "control: other bytes under one number were not noticed"
    assert lost(load, {**stored, (one[0], 1, 10 ** 6): "0" * 64}), "control: a report that nobody made was not noticed"
    print(f"{count} kills, seed {seed}, {time.strftime('%Y-%m-%d')}, {took:.0f} s: {len(load.made)} reports made ({len(load.made) / took:.0f}/s, {rate}/s wanted), {len(load.ledger)} receipted "
          f"({len(load.ledger) / up:.0f}/s while the hub was up, {up:.0f} s), all of them in the database, once")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument("--rate", type=int, default=300, help="reports a second while the hub is killed")
    parser.add_argument("--only-kills", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        hub = Hub(os.path.abspath(options.program), os.path.join(directory, "state"))
        hub.contract = Contract()
        try:
            pin = set_up(hub)
            if not options.only_kills:
                device = first_report(hub, pin)
                signed_by_openssl(hub, directory, device)
                many_pcs(hub)
                carried(hub, directory, device)
                people(hub)
                copies(hub, hub.program, directory)
                taken_port(hub, hub.program, directory)
                limits(hub, hub.program, directory)
                own_certificate(hub.program, directory)
                every_answer(hub, hub.program, directory)
            equal(hub.stop(), 0, "the end by SIGTERM")
            equal(hub.start("--requests-per-second", "1000000"), pin, "the pin after a new start")
            if not options.only_kills:
                contract_holds(hub.contract, hub)
            hub.contract = None
            kills(hub, options.kills, options.seed, options.rate)
            equal(hub.stop(), 0, "the end by SIGTERM")
        finally:
            if hub.process and hub.process.poll() is None:
                hub.kill()


main()
