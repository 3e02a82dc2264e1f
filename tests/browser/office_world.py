"""The world of one round of stories: a hub with TLS, a mail server that takes its mails, PCs; and what stories ask of it (tests/browser/stories)."""
import datetime
import json
import os
import pathlib
import sqlite3
import ssl
import subprocess
import sys
import threading
import time

import office_pcs
from chromium import ROOT, demo, free_port, troubles, wait_for

sys.path.insert(0, str(ROOT / "tests/integration"))
import hub_client  # noqa: E402

HOST = "hub.yamada.example"
ADMINISTRATOR, PASSWORD = "tanaka@yamada.example", "柿の木の下で会いましょう"
OWNER = "yamada@yamada.example"
ANSWERS = {"passwords": "yes", "nas": "none", "copier": "yes", "mfa": "yes", "cloud": "yes", "other-devices-updates": "yes", "other-devices-antivirus": "yes", "without-pc": "yes"}
# The newest that is out: those of the months to come are bundled too, and shown from their day on.
BRIEFING = max((one for one in (json.loads(file.read_text()) for file in (ROOT / "compliance/briefings").glob("*.json")) if one["published"] <= datetime.date.today().isoformat()),
               key=lambda one: one["published"])


def certificates(place):
    """An authority that this machine and the PCs hold for a public one, and the certificates of hub and mail server."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, cwd=place, capture_output=True)
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *curve, "-keyout", "roots.key", "-out", "roots.pem", "-days", "2", "-subj", "/CN=Roots of the stories")
    openssl("req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", f"/CN={HOST}")
    (place / "ext").write_text(f"subjectAltName=DNS:{HOST},DNS:localhost\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "roots.pem", "-CAkey", "roots.key", "-days", "2", "-extfile", "ext", "-out", "server.pem")
    return (place / "roots.pem").read_text()


class MailServer:
    """npm's smtp-server (tests/integration/mail/server.mjs); keeps what it took."""

    def __init__(self, place, keys):
        wanted = {"mode": "starttls", "user": "gokajo@yamada.example", "password": "p4ss wörd", "auth": ["PLAIN"], "key": f"{keys}/server.key", "cert": f"{keys}/server.pem"}
        self.process = subprocess.Popen(["node", "server.mjs", json.dumps(wanted)], cwd=place, stdout=subprocess.PIPE, text=True)
        self.port = json.loads(self.process.stdout.readline())["smtp"]
        self.mails, self.news = [], threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            event = json.loads(line)
            if event["event"] == "mail":
                with self.news:
                    self.mails.append(event)
                    self.news.notify_all()

    def take(self, to, subject):
        """The next mail to that address whose subject has these words; each is taken once."""
        found = None

        def there():
            nonlocal found
            found = next((mail for mail in self.mails if to in mail["to"] and subject in mail["subject"]), None)
            return found
        with self.news:
            assert self.news.wait_for(there, 60), f"no mail 「{subject}」 to {to}: {[(mail['to'], mail['subject']) for mail in self.mails]}"
            self.mails.remove(found)
        return found


class DemoHub:
    """The adviser's companies: made beside everything else, for it takes longest. `folder`: one that was made before."""

    def __init__(self, program, directory, keys, folder=None):
        self.program, self.keys, self.log = program, keys, f"{directory}/demo.log"
        self.state, self.port, self.ready, self.process = folder or f"{directory}/demo", free_port(), threading.Event(), None
        threading.Thread(target=self.make, daemon=True).start()

    def make(self):
        base = f"https://{HOST}:{self.port}"
        made = os.path.isdir(self.state) or demo(self.program, self.state, 40, base)
        if made:
            with open(self.log, "w") as log:
                self.process = subprocess.Popen([self.program, "serve", "--state", self.state, "--listen", "0.0.0.0", "--port", str(self.port), "--name", HOST, "--certificate", f"{self.keys}/server.pem", "--key", f"{self.keys}/server.key"], stdout=log, stderr=log)
            wait_for(self.port)
        self.ready.set()

    def link(self):
        self.ready.wait()
        assert self.process, "the demo could not be made"
        done = subprocess.run([self.program, "person", "link", "takagi@adviser.example", "--state", self.state, "--lang", "ja"], capture_output=True, text=True, check=True)
        return f"https://{HOST}:{self.port}/enter" + done.stdout.strip().splitlines()[-1].split("/enter")[1]

    def silent_companies(self):
        """By the hub's table alone, without its pages: of which nothing came for longer than its PCs' habits."""
        with sqlite3.connect(f"file:{self.state}/hub.db?mode=ro", uri=True) as database:
            return [row[0] for row in database.execute("SELECT name FROM companies WHERE tenant IN (SELECT tenant FROM devices WHERE standing = 'approved' GROUP BY tenant HAVING max(last_receipt) < strftime('%s', 'now') - 7 * 86400)")]

    def end(self):
        if self.process:
            self.process.terminate()
            self.process.wait(60)
            return troubles(self.log)
        return []


class Office:
    """山田工務店: a company with its PC, its owner and its 担当者, as they are on a Monday weeks after the first day. `number`: of this round, for its networks."""

    def __init__(self, hub_program, directory, keys, roots, closure, mail_place, number):
        self.directory = pathlib.Path(directory, f"round-{number}")
        self.directory.mkdir()
        self.keys, self.roots, self.closure, self.number, self.pcs = keys, roots, closure, number, {}
        self.making = threading.Lock()
        self.mail = MailServer(mail_place, keys)
        self.hub = hub_client.Hub(hub_program, self.directory / "hub", log=self.directory / "hub.log", lang="ja")
        self.hub.port = free_port()
        self.base = f"https://{HOST}:{self.hub.port}"

    def pc(self, name):
        with self.making:
            if name not in self.pcs:
                self.pcs[name] = office_pcs.Pc(self.directory, self.closure, 10 * self.number + len(self.pcs), name, HOST, self.roots)
            return self.pcs[name]

    def settings(self):
        secret, file = self.directory / "password", pathlib.Path(self.hub.state, "hub.toml")
        secret.write_text("p4ss wörd\n")
        file.write_text(f'public_url = "{self.base}/"\n[mail]\nhost = "localhost"\nport = {self.mail.port}\nsecurity = "starttls"\nfrom = "gokajo@yamada.example"\nfrom_name = "山田工務店"\nca_file = "{self.keys}/roots.pem"\n'
                        f'password_file = "{secret}"\n')
        for one in (secret, file):
            one.chmod(0o600)

    def start_hub(self):
        self.hub.start("--name", HOST, "--certificate", f"{self.keys}/server.pem", "--key", f"{self.keys}/server.key", "--requests-per-second", "10000", listen="0.0.0.0")

    def open(self):
        """The first weeks: company, people, the PC with its open folder, answers, the owner's first mail."""
        hub = self.hub
        hub.command("company", "add", "yamada", "--name", "山田工務店", "--devices", "1", "--responsible", "田中", "--person-in-charge", "田中", "--staff-told", "--owner-name", "山田", "--owner-mail", OWNER)
        self.settings()
        for question, answer in ANSWERS.items():
            hub.command("answer", "yamada", question, answer, "--who", "田中")
        self.start_hub()
        self.people()
        pc = self.pc("pc-03")
        pc.put_in_order()
        pc.share()
        pc.enrol(self.base, hub.code("yamada"), "PC-03 経理")
        pc.read_briefing("".join(f"{question['right'] + 1}\n" for question in BRIEFING["questions"]))
        pc.report_until_receipted()
        self.weeks_pass()

    def people(self):
        visitor = hub_client.Visitor(lambda: hub_client.local_https(self.hub.port, ssl.create_default_context(cadata=self.roots)))
        visitor.set_up(self.hub.command("person", "set-up").splitlines()[-1], "田中", ADMINISTRATOR, PASSWORD)
        visitor.ask("GET", "/c/yamada/people")
        status, text = visitor.ask("POST", "/c/yamada/people/invite", {"token": visitor.token, "name": "山田", "mail": OWNER, "role": "owner"})
        assert status in (200, 303), (status, text)
        self.mail.take(OWNER, "招待")

    def weeks_pass(self):
        """The first mail went two weeks ago, and its number was typed in: what else the weekly mail waits for. The hub sends it by itself when it starts."""
        self.hub.stop()
        with sqlite3.connect(f"{self.hub.state}/hub.db") as database:
            then = int(time.time()) - 14 * 86400
            database.execute("INSERT INTO mails (tenant, message_id, recipient, kind, body, state, tries, next_try, created, sent) VALUES ('yamada', '<first@yamada.example>', ?, 'first', '', 'sent', 1, ?, ?, ?)", (OWNER, then, then, then))
            database.execute("UPDATE companies SET confirmed = ?", (then,))
        self.start_hub()

    def enrol(self, host, address, code, label):
        """Somebody sits at a new PC and does what the sheet says."""
        pc = self.pc(host)
        said = pc.enrol(address, code, label)
        pc.report_until_receipted()
        return said

    def close_share(self):
        self.pc("pc-03").close_share()

    def switch_on(self):
        """The PC is on: its service asks the hub within a minute what it wishes."""
        self.pc("pc-03").serve()

    def end(self):
        for pc in self.pcs.values():
            pc.end()
        if self.hub.process and self.hub.process.poll() is None:
            self.hub.stop()
        self.mail.process.kill()
        log = self.directory / "hub.log"
        return troubles(log) if log.exists() else []

