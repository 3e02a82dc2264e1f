# Inside the namespaces of tests/integration/mail/opensmtpd: $tree, $hub, $here.
set -eu
ip link set lo up
work=$(mktemp -d /tmp/gokajo-opensmtpd.XXXXXX)
mount -t tmpfs opensmtpd "$work"
mkdir "$work/upper" "$work/work" "$work/root" "$work/hub"
mount -t overlay opensmtpd -o "lowerdir=$tree,upperdir=$work/upper,workdir=$work/work" "$work/root"
root=$work/root
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
checks=0 failed=0
check() {
  local what=$1
  shift
  checks=$((checks + 1))
  if "$@"; then echo "ok     $what"; else failed=$((failed + 1)); echo "FAILED $what"; fi
}

# The server: STARTTLS and a login required, one mailbox; at another port one that offers neither and takes whatever comes.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
  -keyout "$root/etc/ssl/private/mail.key" -out "$root/etc/ssl/mail.pem" 2>/dev/null
chmod 600 "$root/etc/ssl/private/mail.key"
mkdir -p "$root/etc/ssl/certs"
cp "$root/etc/ssl/mail.pem" "$root/etc/ssl/certs/ca-certificates.crt"  # it does not start without one, though it sends nothing on
chroot "$root" useradd --create-home --password '*' owner
echo "127.0.0.1 localhost" >"$root/etc/hosts"
password="p4ssw0rd-of-the-office"
echo "gokajo@example.jp $(chroot "$root" smtpctl encrypt "$password")" >"$root/etc/credentials"
chmod 640 "$root/etc/credentials"
chroot "$root" chgrp opensmtpd /etc/credentials
cat >"$root/etc/smtpd.conf" <<CONF
pki mail cert "/etc/ssl/mail.pem"
pki mail key "/etc/ssl/private/mail.key"
table credentials file:/etc/credentials
table mailboxes { "owner@example.jp" = "owner" }
listen on 127.0.0.1 port 587 tls-require pki mail auth <credentials>
listen on 127.0.0.1 port 2525 tag PLAIN
action "keep" maildir virtual <mailboxes>
match from auth for domain "example.jp" action "keep"
match tag PLAIN for domain "example.jp" action "keep"
CONF
chroot "$root" smtpd -d -v >"$work/smtpd.log" 2>&1 &
server=$!
for _ in $(seq 100); do
  grep -q "smtp.*listen\|listening" "$work/smtpd.log" || ss -Hltn 2>/dev/null | grep -q :587 && break
  sleep 0.1
done
sleep 1

# The hub's directory: one company, its mailbox.
printf '%s\n' "$password" >"$work/hub/password"
chmod 700 "$work/hub"
settings() {
  cat >"$work/hub/hub.toml" <<CONF
[mail]
host = "localhost"
port = ${2:-587}
from = "gokajo@example.jp"
from_name = "山田工務店"
password_file = "$1"
ca_file = "${3:-$root/etc/ssl/mail.pem}"
CONF
  chmod 600 "$work/hub/hub.toml" "$work/hub/password"
}
mails() { find "$root/home/owner/Maildir/new" -type f 2>/dev/null; }
arrived() { for _ in $(seq 100); do [ "$(mails | wc -l)" -ge "$1" ] && return; sleep 0.1; done; return 1; }
hub_says() { "$hub" mail test "$1" --state "$work/hub" --lang ja >"$work/said" 2>&1; }

settings "$work/hub/password"
check "the mail is handed over" hub_says owner@example.jp
check "it lies in the mailbox" arrived 1
check "it came within TLS" grep -q "tls ciphers=TLSv1\.[23]" "$work/smtpd.log"
check "its sender logged in" grep -q "authentication user=gokajo@example.jp.*result=ok" "$work/smtpd.log"
mail=$(mails | head -1)
check "its subject can be read" python3 -c "
import email, email.header, sys
mail = email.message_from_file(open(sys.argv[1]))
sys.exit(str(email.header.make_header(email.header.decode_header(mail['Subject']))) != '【Gokajo】送信の確認')" "${mail:-/dev/null}"
# Controls: what must not be sent is not.
echo wrong >"$work/hub/wrong"
chmod 600 "$work/hub/wrong"
settings "$work/hub/wrong"
check "a wrong password: no mail" bash -c '! "$1" mail test owner@example.jp --state "$2" --lang ja >"$3" 2>&1' sh "$hub" "$work/hub" "$work/said"
check "and it is said in Japanese" grep -q パスワード "$work/said"
settings "$work/hub/password"
check "a recipient nobody knows: no mail" bash -c '! "$1" mail test nobody@example.jp --state "$2" --lang ja >"$3" 2>&1' sh "$hub" "$work/hub" "$work/said"
check "and it is said in Japanese" grep -q 宛先 "$work/said"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
  -keyout "$work/hub/other.key" -out "$work/hub/other.pem" 2>/dev/null
settings "$work/hub/password" 587 "$work/hub/other.pem"
check "a certificate of somebody else: no mail" bash -c '! "$1" mail test owner@example.jp --state "$2" --lang ja >"$3" 2>&1' sh "$hub" "$work/hub" "$work/said"
check "and it is said in Japanese" grep -q 証明書 "$work/said"
settings "$work/hub/password" 2525
check "a server without STARTTLS: no mail" bash -c '! "$1" mail test owner@example.jp --state "$2" --lang ja >"$3" 2>&1' sh "$hub" "$work/hub" "$work/said"
check "and it is said by name" grep -q STARTTLS "$work/said"
check "no login was tried where the certificate did not hold, or without TLS" test "$(grep -c 'authentication user=' "$work/smtpd.log")" = 3
sleep 1
check "one mail in all" test "$(mails | wc -l)" = 1
check "control: that server would have taken it" python3 -c "
import smtplib
with smtplib.SMTP('127.0.0.1', 2525) as server:
    server.sendmail('gokajo@example.jp', 'owner@example.jp', 'Subject: control\r\n\r\n')"
check "and kept it" arrived 2
chroot "$root" dpkg-query -W -f 'OpenSMTPD ${Version}\n' opensmtpd
kill $server 2>/dev/null || true
[ $failed = 0 ] || { cat "$work/smtpd.log" "$work/said"; }
echo "$checks checks, $failed failed"
umount -l "$root/dev" "$root/proc" "$root" "$work"
rmdir "$work"
[ $failed = 0 ]
