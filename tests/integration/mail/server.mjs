// An SMTP server (npm smtp-server) and a token endpoint for tests/integration/mail/run. Arguments: a JSON object.
//   {"port": 0, "mode": "starttls|tls|plain", "key": FILE, "cert": FILE, "auth": ["PLAIN"], "user": "...", "password": "...", "token": "...",
//    "after_data_ms": 0, "rcpt_code": 550, "data_code": 451, "token_port": true}
// Prints {"smtp": PORT, "token": PORT} first, then one JSON line for each thing that happens: {"event": "command" | "auth" | "mail" | "token"}.
import fs from "node:fs";
import https from "node:https";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const options = JSON.parse(process.argv[2]);
const tell = (what) => fs.writeSync(1, JSON.stringify(what) + "\n");
const pem = options.key ? { key: fs.readFileSync(options.key), cert: fs.readFileSync(options.cert) } : {};
const fail = (code, text) => Object.assign(new Error(text), { responseCode: code });

const server = new SMTPServer({
  ...pem,
  secure: options.mode === "tls",
  hideSTARTTLS: options.mode === "plain",
  disabledCommands: options.mode === "plain" ? ["STARTTLS"] : [],
  allowInsecureAuth: true,
  authMethods: options.auth,
  minVersion: "TLSv1.2",
  logger: { level() {}, trace() {}, debug: (data, line, ...rest) => note(data, line, rest), info() {}, warn() {}, error() {}, fatal() {}, child() { return this; } },
  onAuth(auth, session, done) {
    tell({ event: "auth", method: auth.method, secure: session.secure, user: auth.username });
    const right = auth.method === "XOAUTH2" ? auth.accessToken === options.token : auth.username === options.user && auth.password === options.password;
    done(right ? null : fail(535, "5.7.8 authentication failed"), { user: auth.username });
  },
  onRcptTo(address, session, done) { done(options.rcpt_code ? fail(options.rcpt_code, options.rcpt_says ?? "no such user") : null); },
  onData(stream, session, done) {
    simpleParser(stream).then((mail) => {
      tell({
        event: "mail", secure: session.secure, from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((one) => one.address),
        id: mail.messageId, subject: mail.subject, text: mail.text, html: Boolean(mail.html), headers: mail.headerLines.map((one) => one.key),
      });
      setTimeout(() => done(options.data_code ? fail(options.data_code, "busy") : null), options.after_data_ms ?? 0);
    });
  },
});
function note(data, line, rest) {
  if (data?.tnx === "command" || /^[A-Z]{4}/.test(String(rest[0] ?? ""))) tell({ event: "command", line: String(rest[0] ?? line), secure: Boolean(data?.secure) });
}
server.on("error", () => {});
server.listen(options.port ?? 0, "127.0.0.1", () => {
  const ports = { smtp: server.server.address().port };
  if (!options.token_port) return tell(ports);
  const tokens = https.createServer(pem, (request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      tell({ event: "token", body });
      const right = new URLSearchParams(body).get("client_secret") === options.client_secret;
      response.writeHead(right ? 200 : 401, { "content-type": "application/json" });
      response.end(JSON.stringify(right ? { token_type: "Bearer", expires_in: 3599, access_token: options.token } : { error: "invalid_client", error_description: "wrong secret" }));
    });
  });
  tokens.listen(0, "127.0.0.1", () => tell({ ...ports, token: tokens.address().port }));
});
