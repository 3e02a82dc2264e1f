"""A mail server and a token endpoint on loopback, as rude as they may be: they repeat what they were told in their refusals, or say nothing at all."""
import base64
import http.server
import json
import socket
import ssl
import threading
import urllib.parse


class MailServer:
    """SMTP inside TLS (as on port 465). `mood`: takes, refuses (and repeats the password in its reply), stalls (after the login came)."""

    def __init__(self, certificate, key):
        self.mood, self.mails, self.said = "takes", [], []
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate, key)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.stalled = threading.Event()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            with self.context.wrap_socket(connection, server_side=True) as tls:
                self.talk(tls, tls.makefile("rb"))
        except OSError:
            pass

    def talk(self, tls, lines):
        def say(text):
            tls.sendall(text.encode() + b"\r\n")

        say("220 mail.example ESMTP")
        while line := lines.readline():
            word = line.strip().upper()
            if word.startswith(b"EHLO"):
                say("250-mail.example\r\n250 AUTH PLAIN XOAUTH2")
            elif word.startswith(b"AUTH"):
                said = line.split()[2:] or (say("334 "), [lines.readline().strip()])[1]
                self.said.append(base64.b64decode(said[0]))
                if self.mood == "stalls":
                    self.stalled.set()
                    lines.read()
                elif self.mood == "refuses":
                    say("535 5.7.8 not " + base64.b64decode(said[0]).decode().replace("\0", " ").replace("\1", " ") + " that is " + said[0].decode())
                else:
                    say("235 2.7.0 yes")
            elif word.startswith(b"DATA"):
                say("354 go on")
                mail = b""
                while (text := lines.readline()) not in (b".\r\n", b""):
                    mail += text
                self.mails.append(mail)
                say("250 2.0.0 taken")
            elif word.startswith(b"QUIT"):
                say("221 bye")
                return
            else:
                say("250 2.1.0 ok")


class TokenEndpoint:
    """Gives `token` for any refresh token; without one it refuses and repeats the refresh token and the client's secret."""

    def __init__(self, certificate, key, token):
        endpoint = self
        self.token, self.asked = token, []

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_POST(self):
                form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                endpoint.asked.append(form)
                told = form.get("refresh_token", ["-"])[0] + " of " + form.get("client_secret", ["-"])[0]
                answer = {"access_token": endpoint.token, "expires_in": 3600} if endpoint.token else {"error": "invalid_grant", "error_description": "not " + told}
                answer = json.dumps(answer).encode()
                self.send_response(200 if endpoint.token else 400)
                # Without a length the end of the connection would be the end of the answer, which OpenSSL 3.2 and later do not believe within TLS.
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class RudeProxy:
    """A proxy that wants another password, and repeats the one it got."""

    def __init__(self):
        self.listener, self.heads = socket.create_server(("127.0.0.1", 0)), []
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            connection, _ = self.listener.accept()
            with connection:
                head = connection.recv(65536)
                self.heads.append(head)
                told = head.split(b"Authorization: ")[-1].split(b"\r\n")[0]
                connection.sendall(b"HTTP/1.1 407 not " + told + b"\r\nProxy-Authenticate: Basic realm=\"office\"\r\nX-Told: " + told + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
