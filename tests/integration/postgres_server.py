"""PostgreSQL servers for tests: made in a temporary folder, on a Unix socket (and a port of loopback where it is asked for), ended with the test."""
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

# The tests' own roles, as docs/operations.md makes them.
ROLES = "CREATE ROLE gokajo_owner LOGIN; CREATE ROLE gokajo_hub LOGIN;"


def programs():
    """The folder of initdb and its like, of the newest version there is; None: there is none."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return str(found[-1].parent) if found else None


def missing():
    """Why no server can be made here; None: one can."""
    if not programs():
        return "PostgreSQL is not installed (apt-get install postgresql)"
    if os.geteuid() == 0:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            return "PostgreSQL does not run as root, and there is no user postgres"
    return None


class Server:
    """A server whose data goes with it. `settings`: lines for postgresql.conf. `of`: a server that this one stands by for."""

    def __init__(self, port=0, settings=(), of=None, durable=False):
        self.port, self.settings, self.of = port, settings, of
        self.folder = tempfile.mkdtemp(prefix="gokajo-pg-", dir=os.environ.get("TMPDIR"))
        self.data, self.sockets = os.path.join(self.folder, "data"), self.folder
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        if of:
            self.run("pg_basebackup", "-D", self.data, "-h", of.sockets, "-p", str(of.port or 5432), "-U", "postgres", "-R", "-X", "stream", "-c", "fast")
            self.add("")
        else:
            self.run("initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", *([] if durable else ["--no-sync"]))
            # Without a disk to wait for, unless the test is about that.
            self.add("" if durable else "fsync = off\nfull_page_writes = off\n")

    def add(self, more):
        with open(os.path.join(self.data, "postgresql.conf"), "a", encoding="utf-8") as file:
            file.write(f"listen_addresses = '{'127.0.0.1' if self.port else ''}'\nport = {self.port or 5432}\n"
                       f"unix_socket_directories = '{self.sockets}'\n{more}" + "".join(line + "\n" for line in self.settings))

    def run(self, program, *words, check=True):
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        return subprocess.run([*user, os.path.join(programs(), program), *words], cwd="/", capture_output=True, text=True, check=check)

    def start(self):
        self.run("pg_ctl", "-D", self.data, "-l", os.path.join(self.folder, "log"), "-w", "-t", "60", "start")
        if not self.of and self.sql("SELECT count(*) FROM pg_roles WHERE rolname = 'gokajo_owner'") == "0":
            self.sql(ROLES)

    def stop(self, mode="fast"):
        self.run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop", check=False)

    def kill(self):
        """As a power cut does it: no process of it gets to do anything more."""
        pid = int(pathlib.Path(self.data, "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
        children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False).stdout.split()
        os.kill(pid, signal.SIGKILL)
        for child in children:
            try:
                os.kill(int(child), signal.SIGKILL)
            except ProcessLookupError:
                pass
        while subprocess.run(["kill", "-0", str(pid)], capture_output=True, check=False).returncode == 0:
            time.sleep(0.01)

    def promote(self):
        self.run("pg_ctl", "-D", self.data, "-w", "promote")

    def follow(self, primary):
        """Stands by for another from now on."""
        self.sql(f"ALTER SYSTEM SET primary_conninfo = 'host={primary.sockets} port={primary.port or 5432} user=postgres'")
        self.sql("SELECT pg_reload_conf()")

    def sql(self, text, database="postgres", user="postgres"):
        """The first column of the last answer, a line a row."""
        done = self.run("psql", "-h", self.sockets, "-p", str(self.port or 5432), "-U", user, "-d", database, "-X", "-A", "-t", "-q", "-v",
                        "ON_ERROR_STOP=1", "-c", text)
        return done.stdout.strip()

    def url(self, database, user):
        return f"postgres:///{database}?host={self.sockets}&port={self.port or 5432}&user={user}"

    def remove(self):
        if os.path.exists(os.path.join(self.data, "postmaster.pid")):
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.remove()
