#!/usr/bin/env python3
"""The real hub as a stranger on the wire meets it: which TLS it speaks, which headers go with every answer, which methods it knows, and what it does with
requests that two readers would cut in two places: hub_wire.py GOKAJO_HUB.

Controls: the same client does speak TLS 1.1 and CBC to a server that lets it; two honest requests on one connection get two answers."""
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading

from hub_client import Hub

HUB = sys.argv[1]
problems = []


def problem_unless(holds, what):
    if not holds:
        problems.append(what)


def client(version=None, ciphers=None):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # who it is is tested elsewhere
    context.set_ciphers((ciphers or "ALL") + ":@SECLEVEL=0")
    if version:
        context.minimum_version = context.maximum_version = version
    return context


def spoken(port, context):
    """(version, cipher), or None where there was no handshake."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as plain, context.wrap_socket(plain) as secure:
            return secure.version(), secure.cipher()[0]
    except (ssl.SSLError, ConnectionError):
        return None


class Lax:
    """A server that speaks what it is asked for."""

    def __init__(self, directory):
        pem, key = os.path.join(directory, "lax.pem"), os.path.join(directory, "lax.key")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=lax",
                        "-keyout", key, "-out", pem], check=True, capture_output=True)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(pem, key)
        self.context.minimum_version = ssl.TLSVersion.TLSv1
        self.context.set_ciphers("ALL:@SECLEVEL=0")
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            plain, _ = self.listening.accept()
            try:
                self.context.wrap_socket(plain, server_side=True).close()
            except OSError:
                plain.close()


def tls(hub, directory):
    lax = Lax(directory)
    refused = [("TLS 1.0", client(ssl.TLSVersion.TLSv1)), ("TLS 1.1", client(ssl.TLSVersion.TLSv1_1)),
               ("CBC", client(ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES128-SHA256")), ("SHA-1", client(ssl.TLSVersion.TLSv1_2, "ECDHE-ECDSA-AES256-SHA"))]
    for what, context in refused:
        problem_unless(spoken(lax.port, context), f"control: this machine's OpenSSL does not speak {what} at all")
        problem_unless(spoken(hub.port, context) is None, f"the hub speaks {what}")
    problem_unless((spoken(hub.port, client()) or [None])[0] == "TLSv1.3", "TLS 1.3 is not what both choose")
    two = spoken(hub.port, client(ssl.TLSVersion.TLSv1_2))
    problem_unless(two and two[1].startswith("ECDHE-") and ("GCM" in two[1] or "CHACHA20" in two[1]), f"TLS 1.2: {two}")


def raw(hub, text, wait=True):
    """What comes back for these bytes, to the end of the connection."""
    with socket.create_connection(("127.0.0.1", hub.port), timeout=90) as plain, client().wrap_socket(plain) as secure:
        secure.sendall(text)
        answer = b""
        try:
            while part := secure.recv(65536):
                answer += part
                if not wait:
                    break
        except (ssl.SSLError, ConnectionError):
            pass
        return answer


GET = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n"


def cut_in_two_places(hub):
    both = raw(hub, GET + b"\r\n" + GET + b"Connection: close\r\n\r\n")
    problem_unless(both.count(b"HTTP/1.1 200") == 2, "control: two honest requests do not get two answers")
    hidden = b"GET /style.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    post = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
    chunked = b"0\r\n\r\n"
    pieces = raw(hub, post + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + b"3\r\na=b\r\n" + chunked)
    problem_unless(pieces.startswith(b"HTTP/1.1 403"), "control: a body in chunks is not read")
    length = str(len(chunked + hidden)).encode()
    for what, head, body in (
            ("a length beside chunks", b"Content-Length: " + length + b"\r\nTransfer-Encoding: chunked\r\n", chunked + hidden),
            ("chunks beside a length", b"Transfer-Encoding: chunked\r\nContent-Length: " + length + b"\r\n", chunked + hidden),
            ("another encoding beside a length", b"Transfer-Encoding: gzip\r\nContent-Length: 0\r\n", hidden),
            ("two lengths", b"Content-Length: 0\r\nContent-Length: " + str(len(hidden)).encode() + b"\r\n", hidden),
            ("a length with a sign", b"Content-Length: +0\r\n", hidden),
            ("a length of two numbers", b"Content-Length: 0, " + str(len(hidden)).encode() + b"\r\n", hidden),
            ("a blank before the colon", b"Content-Length : " + str(len(hidden)).encode() + b"\r\n", hidden),
            ("chunks twice", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", chunked + hidden)):
        answer = raw(hub, post + head + b"\r\n" + body)
        problem_unless(answer.count(b"HTTP/1.1 ") <= 1 and b"text/css" not in answer, f"{what}: the second request was answered: {answer[:200]!r}")
    # What goes by another encoding than chunks has no end that both would see.
    for coding in (b"gzip", b"identity", b"chunked, gzip", b"xchunked", b"gzip, chunked"):
        answer = raw(hub, post + b"Transfer-Encoding: " + coding + b"\r\n\r\n" + hidden)
        problem_unless(answer.startswith(b"HTTP/1.1 400") and answer.count(b"HTTP/1.1 ") == 1, f"Transfer-Encoding {coding}: {answer[:200]!r}")
    problem_unless(not raw(hub, GET + b"X: " + b"y" * 9000 + b"\r\n\r\n").startswith(b"HTTP/1.1 200"), "a head of 9 KB is read")


def headers(hub, strict):
    """Of every kind of answer. `strict`: the value of Strict-Transport-Security."""
    asked = [("GET", "/sign-in", 200), ("GET", "/", 401), ("GET", "/style.css", 200), ("GET", "/nowhere", 404), ("POST", "/sign-in", 403), ("PUT", "/me", 405),
             ("GET", "/c/yamada", 401), ("GET", "/v1/settings", 401), ("POST", "/v1/reports", 401), ("GET", "/v1/nowhere", 404)]
    for method, path, wanted in asked:
        connection = hub.connect()
        connection.request(method, path, body=b"a=b" if method == "POST" else None)
        answer = connection.getresponse()
        body, said = answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        what = f"{method} {path}"
        problem_unless(answer.status == wanted, f"{what}: {answer.status}")
        problem_unless(said.get("x-content-type-options") == "nosniff", f"{what}: nosniff")
        for directive in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            problem_unless(directive in said.get("content-security-policy", ""), f"{what}: {directive}")
        problem_unless(said.get("referrer-policy") in ("no-referrer", "same-origin"), f"{what}: referrer-policy")
        problem_unless(said.get("cross-origin-resource-policy") == "same-origin", f"{what}: cross-origin-resource-policy")
        problem_unless(said.get("cache-control") == ("max-age=3600" if path == "/style.css" else "no-store"), f"{what}: {said.get('cache-control')}")
        problem_unless(said.get("strict-transport-security") == strict, f"{what}: strict-transport-security")
        problem_unless(not {"server", "x-powered-by", "access-control-allow-origin"} & said.keys(), f"{what}: {sorted(said)}")
        kind = said.get("content-type", "")
        problem_unless(not body or kind in ("text/html; charset=utf-8", "text/css; charset=utf-8", "application/json"), f"{what}: {kind}")


def flood(hub):
    """Until one is refused."""
    connection = hub.connect()
    for _ in range(5000):
        connection.request("GET", "/style.css")
        answer = connection.getresponse()
        answer.read()
        if answer.status == 429:
            return
    problem_unless(False, "a flood is never told 429")


def methods(hub):
    for method in ("TRACE", "OPTIONS", "CONNECT", "DELETE", "PATCH", "HEAD", "PROPFIND", "X"):
        answer = raw(hub, method.encode() + b" /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Mark: here\r\nConnection: close\r\n\r\n")
        problem_unless(answer.startswith(b"HTTP/1.1 405") or not answer, f"{method}: {answer[:60]!r}")
        problem_unless(b"X-Mark" not in answer, f"{method} is echoed")


with tempfile.TemporaryDirectory() as directory:
    log = os.path.join(directory, "log")
    hub = Hub(HUB, os.path.join(directory, "hub"), log=log)
    hub.start()
    try:
        tls(hub, directory)
        headers(hub, strict=None)
        methods(hub)
        cut_in_two_places(hub)
        raw(hub, b"no request at all\r\n\r\n")
        raw(hub, GET + b"X: 1\r\nX: 2\r\n\r\n")
        raw(hub, b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000\r\n\r\n")
        flood(hub)
        with open(log, encoding="utf-8") as file:
            told = file.read()
        cut = tuple(f" request-cut by={by} address=127.0.0.1" for by in ("unclear-end", "no-request", "header-twice", "body", "flood"))
        for event in (" pc-refused by=request-401 address=127.0.0.1", " form-refused by=/sign-in address=127.0.0.1", *cut):
            problem_unless(event in told, f"the log does not tell{event}: {told}")
    finally:
        hub.kill()
    # A hub with a public name at the usual port tells browsers to come by TLS alone; one at another port shares its host with others, unless
    # whoever owns the name says otherwise.
    year, usual, other = "max-age=31536000", "https://hub.example.jp/", "https://hub.example.jp:8443/"
    for address, said, strict in ((usual, "", year), (other, "", None), (usual, "off", None), (other, "host", year), (other, "subdomains", f"{year}; includeSubDomains")):
        with open(os.path.join(hub.state, "hub.toml"), "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(f'public_url = "{address}"\n' + (f'strict_transport = "{said}"\n' if said else ""))
        hub.start()
        try:
            headers(hub, strict)
        finally:
            hub.kill()
print("\n".join(problems) or "TLS, headers, methods and the ends of requests are as docs/security-decisions.md says")
sys.exit(1 if problems else 0)
