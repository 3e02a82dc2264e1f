# What states share: starting real daemons, speaking as the neighbour on the LAN, small package repositories. Sourced inside the state.

# Runs a command as the other machine of the LAN (192.168.77.50); this PC is 192.168.77.9 there.
neighbour() { nsenter --net=/state/lan "$@"; }

# Waits up to ten seconds until TCP port $1 is listened on.
wait_port() {
  local left=100
  until ss -Hltn "sport = :$1" | grep -q .; do
    left=$((left - 1))
    [ $left -gt 0 ] || { echo "nothing listens on port $1"; return 1; }
    sleep 0.1
  done
}

# True when the command fails: for a proof that something is refused.
refused() { ! "$@"; }

serve_samba() { smbd -D && wait_port 445; }
serve_sshd() { mkdir -p /run/sshd && /usr/sbin/sshd && wait_port 22; }
serve_vsftpd() { mkdir -p /var/run/vsftpd/empty && (setsid vsftpd /etc/vsftpd.conf &) && wait_port 21; }
serve_rsync() { rsync --daemon && wait_port 873; }
serve_cups() { cupsd && wait_port 631; }
serve_clamd() { mkdir -p /run/clamav && chown clamav:clamav /run/clamav && clamd && sleep 1 && pgrep -x clamd; }

# The firewall of the guide: everything that comes in is dropped but answers and the own machine.
serve_firewall() {
  nft -f - <<'RULES'
table inet filter {
  chain input {
    type filter hook input priority 0; policy drop;
    iif "lo" accept
    ct state established,related accept
  }
}
RULES
}

# Adds account $1 with a real but unknown password.
add_account() {
  useradd --create-home --shell /bin/bash "$1"
  usermod --password "$(openssl passwd -6 "$(head -c 24 /dev/urandom | base64)")" "$1"
}

# True when service $1 lets account $2 in with password $3; pamtester asks the real stack.
pam_lets_in() { printf '%s\n' "$3" | pamtester "$1" "$2" authenticate; }

# True when the password stack takes $2 as the new password of account $1, asked as that user (root may set what it likes).
# python3 gives passwd the terminal it insists on; the account gets the known password first.
takes_password() {
  usermod --password "$(openssl passwd -6 'Kisetsu-7-Hana-42')" "$1"
  chage -m 0 "$1"
  python3 - "$1" "$2" <<'PY'
import os, pty, select, sys, time
account, new = sys.argv[1:]
pid, fd = pty.fork()
if pid == 0:
    os.execvp("setpriv", ["setpriv", "--reuid", account, "--regid", account, "--init-groups", "passwd"])
answers = ["Kisetsu-7-Hana-42", new, new]
seen, end = b"", time.time() + 15
while time.time() < end:
    if not select.select([fd], [], [], 1)[0]:
        continue
    try:
        got = os.read(fd, 1000)
    except OSError:
        break
    if not got:
        break
    seen += got
    if got.rstrip().endswith(b":") and answers:
        os.write(fd, answers.pop(0).encode() + b"\n")
    elif got.rstrip().endswith(b":"):
        os.write(fd, b"\x03")
        break
print(seen.decode(errors="replace"))
sys.exit(0 if b"updated successfully" in seen else 1)
PY
}

# Makes a package $1 of version $2 as /srv/repo/pool/$1_$2_all.deb; what else it holds is the tree $3, if given.
make_package() {
  local tree
  tree=$(mktemp -d)
  mkdir -p "$tree/DEBIAN" "$tree/usr/share/doc/$1" /srv/repo/pool
  chmod 755 "$tree"
  [ -z "${3:-}" ] || cp -a "$3/." "$tree/"
  printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: A small office <root@localhost>\nDescription: a small package\n' "$1" "$2" >"$tree/DEBIAN/control"
  dpkg-deb --root-owner-group --build "$tree" "/srv/repo/pool/$1_$2_all.deb"
  rm -r "$tree"
}

# Installs a kernel image package of release $1 and version $2, named and laid out as the kernel's own `make bindeb-pkg` does it.
install_kernel() {
  local tree
  tree=$(mktemp -d)
  mkdir -p "$tree/boot" "$tree/lib/modules/$1"
  echo kernel >"$tree/boot/vmlinuz-$1"
  make_package "linux-image-$1" "$2" "$tree"
  dpkg -i "/srv/repo/pool/linux-image-$1_$2_all.deb"
  rm -r "$tree"
}

# Writes and signs the index of suite $1 with label $2 and Date $3 (a date of date -d) over the packages "name_version" that follow.
make_suite() {
  local suite=$1 label=$2 date=$3 dir=/srv/repo/dists/$1 item deb
  shift 3
  mkdir -p "$dir/main/binary-amd64"
  : >"$dir/main/binary-amd64/Packages"
  for item in "$@"; do
    deb=pool/${item}_all.deb
    {
      dpkg-deb -f "/srv/repo/$deb"
      printf 'Filename: %s\nSize: %s\nSHA256: %s\n\n' "$deb" "$(stat -c %s "/srv/repo/$deb")" "$(sha256sum <"/srv/repo/$deb" | cut -d ' ' -f 1)"
    } >>"$dir/main/binary-amd64/Packages"
  done
  cat >"$dir/Release" <<RELEASE
Origin: Debian
Label: $label
Suite: $suite
Codename: $suite
Date: $(date -u -R -d "$date" | sed 's/+0000/UTC/')
Architectures: amd64
Components: main
SHA256:
 $(sha256sum <"$dir/main/binary-amd64/Packages" | cut -d ' ' -f 1) $(stat -c %s "$dir/main/binary-amd64/Packages") main/binary-amd64/Packages
RELEASE
  export GNUPGHOME=/root/.gnupg-repo
  if [ ! -e /srv/repo/key.gpg ]; then
    mkdir -m 700 "$GNUPGHOME"
    gpg --batch --passphrase '' --quick-generate-key repo@localhost ed25519 sign never
    gpg --export >/srv/repo/key.gpg
  fi
  gpg --batch --yes --clearsign -o "$dir/InRelease" "$dir/Release"
  gpgconf --kill all
}

# Makes the suites named here the PC's only package sources and reads their index over HTTP.
use_suites() {
  local suite server
  rm -rf /var/lib/apt/lists/* /etc/apt/sources.list
  for suite in "$@"; do echo "deb [signed-by=/srv/repo/key.gpg] http://127.0.0.1:8000 $suite main" >>/etc/apt/sources.list; done
  python3 -m http.server --bind 127.0.0.1 --directory /srv/repo 8000 &
  server=$!
  wait_port 8000
  apt-get -q update
  kill "$server"
  wait "$server" || true
}

# Writes /var/log/wtmp as a PC leaves it that was used for a while on each of the days $* (dates of date -d) and is on now, through utmpdump.
was_on() {
  local day at
  record() { printf '[%d] [00000] [~~  ] [%-8s] [~           ] [6.1.0-41-amd64      ] [0.0.0.0        ] [%s,000000+00:00]\n' "$1" "$2" "$(date -u -d "$3" +%FT%T)"; }
  {
    for day in "$@"; do
      at=$(date -u -d "$day" +%s)
      record 2 reboot "@$((at - 60))"
      record 1 shutdown "@$at"
    done
    record 2 reboot '-1 minute'
  } | utmpdump -r >/var/log/wtmp
}

# The kernel is the host's, and so is its start in /proc/stat: this PC gets one of its own, a minute ago.
booted_now() {
  sed "s/^btime .*/btime $(date -d '-1 minute' +%s)/" /proc/stat >/run/stat
  mount --bind /run/stat /proc/stat
}
