"""What tests need to talk to a hub: its program started and stopped, devices that sign, requests over one TLS connection."""
import base64
import ctypes
import hashlib
import http.client
import json
import os
import re
import socket
import ssl
import subprocess
import sys
import urllib.parse


def _sodium():
    for name in ("libsodium.so.23", "libsodium.so.26", "libsodium.so"):
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    sys.exit("libsodium is not installed")


SODIUM = _sodium()
EVIDENCE = {"evidence": {}, "memory": {"format": "gokajo-memory/1", "first_seen": {}, "last_good": {}, "not_offered": {}}, "findings": []}


def local_https(port, context):
    """To "localhost" at 127.0.0.1, also on a machine without /etc/hosts (a tree just made by debootstrap has none)."""
    connection = http.client.HTTPSConnection("localhost", port, context=context, timeout=60)
    connection._create_connection = lambda address, *more: socket.create_connection(("127.0.0.1", address[1]), *more)
    return connection


class Device:
    """An Ed25519 key and what is signed with it (docs/protocol.md), by libsodium."""

    def __init__(self, seed=None):
        seed = seed or os.urandom(32)
        public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(64)
        SODIUM.crypto_sign_seed_keypair(public, secret, seed)
        self.seed, self.public, self.secret = seed, public.raw, secret
        self.id = hashlib.sha256(self.public).hexdigest()

    def sign(self, message):
        signature = ctypes.create_string_buffer(64)
        SODIUM.crypto_sign_detached(signature, None, message, ctypes.c_ulonglong(len(message)), self.secret)
        return signature.raw

    def message(self, method, path, epoch, seq, body):
        lines = ["gokajo-request/1", method, path, self.id, str(epoch), str(seq), hashlib.sha256(body).hexdigest()]
        return "".join(line + "\n" for line in lines).encode()

    def headers(self, method, path, epoch, seq, body):
        signature = self.sign(self.message(method, path, epoch, seq, body))
        return {"Gokajo-Device": self.id, "Gokajo-Epoch": str(epoch), "Gokajo-Seq": str(seq),
                "Gokajo-Signature": base64.b64encode(signature).decode()}

    def enrolment(self, code, label="PC-01"):
        return json.dumps({"format": "gokajo-enrol/1", "code": code.replace("-", ""), "public_key": base64.b64encode(self.public).decode(),
                           "label": label, "host_name": "pc01", "agent_version": "0.1.0"}).encode()

    def report(self, epoch, seq, scanned_at, content=None):
        return json.dumps({"format": "gokajo-report/1", "device": self.id, "epoch": epoch, "seq": seq, "scanned_at": scanned_at,
                           "agent_version": "0.1.0", "pack": {"id": "5kajo", "version": "1"}, "content": content or EVIDENCE},
                          separators=(",", ":")).encode()


class Hub:
    """One hub in a state directory of its own. `log`: a file for what it says, else it is kept until its end; `under`: a program that starts it."""

    def __init__(self, program, state, log=None, lang="en", under=()):
        self.program, self.state, self.process, self.port = program, str(state), None, 0
        self.contract = None  # an openapi.Contract that hears of everything that is sent
        self.log, self.lang, self.under = log, lang, list(under) or os.environ.get("HUB_UNDER", "").split()

    def command(self, *words, expect=0):
        done = subprocess.run([self.program, *words, "--state", self.state, "--lang", "en"], capture_output=True, text=True, timeout=120)
        assert done.returncode == expect, f"{words}: {done.returncode} instead of {expect}\n{done.stdout}{done.stderr}"
        return done.stdout

    def start(self, *options, listen="127.0.0.1"):
        told = open(self.log, "a") if self.log else subprocess.PIPE
        self.process = subprocess.Popen([*self.under, self.program, "serve", "--state", self.state, "--lang", self.lang, "--listen", listen, "--port",
                                         str(self.port), *options], stdout=subprocess.PIPE, stderr=told, text=True)
        line = self.process.stdout.readline()
        found = re.search(r": \S+ (\d+)/tcp", line)
        assert found, f"the hub did not start: {line}{self.process.stderr.read() if not self.log else open(self.log).read()}"
        self.port = int(found.group(1))
        return self.process.stdout.readline().removeprefix("pin: ").strip()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)
        return self.process.returncode

    def code(self, company, *options):
        return re.search(r"Code: (\S{4}-\S{4})", self.command("token", "new", company, *options)).group(1)

    def connect(self):
        context = ssl.create_default_context(cafile=os.path.join(self.state, "tls", "ca.pem"))  # chain and name are checked
        return local_https(self.port, context)

    def send(self, connection, device, method, path, epoch, seq, body, **more):
        headers = device.headers(method, path, epoch, seq, body)
        headers.update({name.replace("_", "-"): value for name, value in more.items()})
        connection.request(method, path, body=body or None, headers=headers)
        answer = connection.getresponse()
        text = answer.read()
        if self.contract:
            self.contract.note(method, path, headers, body, answer.status, dict(answer.getheaders()), text)
        return answer.status, json.loads(text) if text.startswith(b"{") else text, dict(answer.getheaders())

    def enrol(self, connection, device, code, label="PC-01"):
        return self.send(connection, device, "POST", "/v1/enrol", 0, 0, device.enrolment(code, label))


class Visitor:
    """A browser at the hub's pages: keeps cookies, sends the token of the page it saw last. `connect` gives a connection for each request."""

    def __init__(self, connect):
        self.connect, self.jar, self.token = connect, {}, ""

    def ask(self, method, target, fields=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items()), "Content-Type": "application/x-www-form-urlencoded",
                   "Accept-Language": "ja"}
        connection = self.connect()
        connection.request(method, target, urllib.parse.urlencode(fields) if fields else None, headers)
        answer = connection.getresponse()
        if answer.headers["Set-Cookie"]:
            name, value = answer.headers["Set-Cookie"].split(";")[0].split("=", 1)
            self.jar[name] = value
        text = answer.read().decode()
        connection.close()
        token = re.search(r'name="token" value="([0-9a-f]*)"', text)
        self.token = token.group(1) if token else self.token
        return answer.status, text

    def set_up(self, link, name="田中", mail="tanaka@example.jp", password="柿の木の下で会いましょう"):
        """Registers the first person by the link of `gokajo-hub person set-up`, and is signed in as that person."""
        status, text = self.ask("GET", link[link.index("/set-up"):])
        assert status == 200, (status, text)
        person = {"key": link[link.index("key=") + 4:], "token": self.token, "name": name, "mail": mail, "password": password}
        status, text = self.ask("POST", "/set-up", person)
        assert status == 303, (status, text)
