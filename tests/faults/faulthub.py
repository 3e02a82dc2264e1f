"""A hub on loopback that behaves as told, for tests of the agent: TLS with certificates made here, docs/protocol.md as far as an agent can see it.

What it stored is the oracle: `stored` maps (epoch, seq) to the SHA-256 of the body, `arrivals` counts every report that came in whole."""
import hashlib
import http.server
import json
import pathlib
import random
import ssl
import subprocess
import threading
import time


def openssl(*arguments, cwd):
    subprocess.run(["openssl", *arguments], cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Authority:
    """A certificate authority in a folder of its own."""

    def __init__(self, folder, name="Test CA"):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj", f"/CN={name}", "-keyout", "ca.key",
                "-out", "ca.pem", "-addext", "keyUsage=critical,keyCertSign,cRLSign", cwd=self.folder)
        self.pem = self.folder / "ca.pem"
        self.serial = 1

    def issue(self, name, alt="DNS:localhost,IP:127.0.0.1", usage="serverAuth", key=("ec", "ec_paramgen_curve:P-256"), digest="-sha256", dates=None, common="localhost",
              ca=False):
        """Makes name.pem and name.key; returns their paths."""
        kind, option = key
        openssl("req", "-new", "-newkey", kind, "-pkeyopt", option, "-nodes", "-subj", f"/CN={common}", "-keyout", f"{name}.key", "-out", f"{name}.csr", cwd=self.folder)
        lines = [f"extendedKeyUsage={usage}"] if usage else []
        lines += [f"subjectAltName={alt}"] if alt else []
        lines += ["basicConstraints=critical,CA:true"] if ca else ["basicConstraints=critical,CA:false"]
        (self.folder / f"{name}.ext").write_text("\n".join(lines) + "\n")
        self.serial += 1
        if dates:  # `openssl ca` is the one that takes dates
            (self.folder / "index.txt").write_text("")
            (self.folder / "ca.cnf").write_text(f"[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\nserial=serial\npolicy=p\ndefault_md=sha256\n[p]\ncommonName=supplied\n")
            (self.folder / "serial").write_text(f"{self.serial:04X}\n")
            openssl("ca", "-batch", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in", f"{name}.csr", "-out", f"{name}.pem", "-extfile", f"{name}.ext",
                    "-startdate", dates[0], "-enddate", dates[1], "-notext", cwd=self.folder)
        else:
            openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", str(self.serial), "-days", "20", digest, "-out", f"{name}.pem",
                    "-extfile", f"{name}.ext", cwd=self.folder)
        return self.folder / f"{name}.pem", self.folder / f"{name}.key"


def pin_of(certificate):
    public = subprocess.run(["openssl", "x509", "-in", certificate, "-pubkey", "-noout"], check=True, stdout=subprocess.PIPE).stdout
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], input=public, check=True, stdout=subprocess.PIPE).stdout
    import base64
    return "sha256//" + base64.b64encode(hashlib.sha256(der).digest()).decode()


class Hub:
    """`misbehave(hub, handler, head, body)` may answer in the hub's place and return True. `lose`: the part of receipts that never arrive."""

    def __init__(self, certificate, key, seed=1, versions=None, level=None):
        self.stored, self.arrivals, self.requests = {}, 0, []
        self.known, self.conflicts = 0, []
        self.lose, self.misbehave, self.settings = 0.0, None, None
        self.random = random.Random(seed)
        self.lock = threading.Lock()
        hub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 60

            def log_message(self, *_):
                pass

            def do_POST(self):
                hub.take(self)

            do_GET = do_POST

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass

            def get_request(self):
                sock, address = self.socket.accept()
                return hub.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False), address

        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if level is not None:
            self.context.set_ciphers(f"ALL:@SECLEVEL={level}")
        if versions:
            self.context.minimum_version, self.context.maximum_version = versions
        self.context.load_cert_chain(certificate, key)
        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def take(self, handler):
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        head = {k.lower(): v for k, v in handler.headers.items()}
        with self.lock:
            self.requests.append((handler.command, handler.path, head, body))
        if self.misbehave and self.misbehave(self, handler, head, body):
            return
        if handler.path == "/v1/enrol":
            return self.answer(handler, 200, {"format": "gokajo-enrolled/1", "device": head["gokajo-device"], "epoch": 1, "company": "山田工務店", "state": "approved"})
        if handler.path == "/v1/settings":
            if not self.settings:
                return self.answer(handler, 404, {"format": "gokajo-problem/1", "problem": "not_found", "detail": ""})
            return self.answer(handler, 200, None, raw=self.settings)
        if handler.path == "/v1/unenrol":
            handler.send_response(204)
            handler.end_headers()
            return
        receipt = self.store(head, body)
        if self.random.random() < self.lose:
            handler.close_connection = True
            handler.connection.close()
            return
        self.answer(handler, 200, receipt)

    def store(self, head, body):
        place = int(head["gokajo-epoch"]), int(head["gokajo-seq"])
        digest = hashlib.sha256(body).hexdigest()
        with self.lock:
            self.arrivals += 1
            known = place in self.stored
            self.known += known
            if known and self.stored[place] != digest:
                self.conflicts.append(place)
            self.stored.setdefault(place, digest)
        receipt = {"format": "gokajo-receipt/1", "device": head["gokajo-device"], "epoch": place[0], "seq": place[1], "body_sha256": digest,
                   "stored_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "known": known}
        if self.settings:
            receipt["settings_sha256"] = hashlib.sha256(self.settings).hexdigest()
        return receipt

    def answer(self, handler, status, document, raw=None, headers=()):
        data = raw if raw is not None else json.dumps(document, ensure_ascii=False).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)
