"""A real hub on a demo's folder, and a person's browser without a screen, for tests beside this file."""
import contextlib
import http.cookiejar
import importlib.util
import os
import pathlib
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request


def debian_python(*modules):
    """Goes on in Debian's own Python where another stands first on PATH: only that one sees Debian's packages. False: they are nowhere."""
    if all(importlib.util.find_spec(module) for module in modules):
        return True
    own = "/usr/bin/python3"
    if os.path.exists(own) and os.path.realpath(sys.executable) != os.path.realpath(own):
        os.execv(own, [own, *sys.argv])
    return False


class Checks:
    def __init__(self):
        self.count, self.failed = 0, []

    def __call__(self, what, holds, detail=""):
        self.count += 1
        if not holds:
            self.failed.append(what)
            print(f"FAILED {what}: {detail}", flush=True)

    def end(self):
        print(f"{self.count} checks, {len(self.failed)} failed")
        return 1 if self.failed else 0


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Browser:
    """Keeps cookies. `language`: of Accept-Language."""
    def __init__(self, hub, language="ja"):
        self.base = hub.base
        context = ssl.create_default_context(cafile=f"{hub.state}/tls/ca.pem")
        self.opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.opener.addheaders = [("Accept-Language", language)]

    def get(self, path):
        """Status, headers, bytes."""
        try:
            with self.opener.open(self.base + path) as reply:
                return reply.status, reply.headers, reply.read()
        except urllib.error.HTTPError as problem:
            return problem.code, problem.headers, problem.read()

    def post(self, path, fields):
        try:
            with self.opener.open(self.base + path, urllib.parse.urlencode(fields).encode()) as reply:
                return reply.status, reply.read()
        except urllib.error.HTTPError as problem:
            return problem.code, problem.read()

    def sign_in(self, link):
        page = self.opener.open(link).read().decode()
        self.post("/enter", {name: re.search(f'name="{name}" value="([^"]*)"', page).group(1) for name in ("token", "key")})


class Hub:
    def __init__(self, program, directory):
        self.program, self.directory, self.state = program, directory, f"{directory}/hub"
        self.port = free_port()
        self.base = f"https://localhost:{self.port}"
        self.log = pathlib.Path(directory, "log")

    def run(self, *arguments, **more):
        return subprocess.run([self.program, *arguments, "--state", self.state], capture_output=True, **more)

    def fill(self, clients):
        """Links by role."""
        made = self.run("demo", "--clients", str(clients), "--address", self.base, "--lang", "en", text=True, check=True)
        return dict(re.findall(r"\((owner|administrator|adviser|viewer), [^)]*\): (https://\S+)", made.stdout))

    @contextlib.contextmanager
    def serving(self):
        with open(self.log, "ab") as log:
            process = subprocess.Popen([self.program, "serve", "--state", self.state, "--listen", "127.0.0.1", "--port", str(self.port), "--name", "localhost", "--requests-per-second", "10000"], stdout=log, stderr=log)
        try:
            for _ in range(600):
                with contextlib.suppress(OSError):
                    socket.create_connection(("127.0.0.1", self.port), 1).close()
                    break
                time.sleep(0.1)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


@contextlib.contextmanager
def demo_hub(program):
    with tempfile.TemporaryDirectory() as directory:
        yield Hub(str(pathlib.Path(program).resolve()), directory)
