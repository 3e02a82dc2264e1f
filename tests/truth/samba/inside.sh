# Runs inside a PC of its own (tests/states/enter.sh): each case with the real smbd, asked by the neighbour's real smbclient without a password.
# Per case in /state/out/CASE: testparm.txt, usershares/, paths.json, observed.json, and scan.json when there is a gokajo.
common() { :; }
KEPT='^\[|^[[:space:]](available|copy|force|guest|hosts|invalid|map to guest|path|print|read|server|client min|client max|usershare|valid|write)'

# Prints none, read or write: what strangers may do with share $1. With two neighbours the better of both counts.
stranger() {
  local got=none better
  got=$(as_neighbour "$1")
  case $one in
    hosts*)
      neighbour ip addr del 192.168.77.50/24 dev eth0
      neighbour ip addr add 192.168.77.51/24 dev eth0
      better=$(as_neighbour "$1")
      neighbour ip addr del 192.168.77.51/24 dev eth0
      neighbour ip addr add 192.168.77.50/24 dev eth0
      case $got$better in *write*) got=write ;; *read*) got=read ;; esac
      ;;
  esac
  echo $got
}

as_neighbour() {
  local got=none
  neighbour timeout 10 smbclient -N "//192.168.77.9/$1" -c 'ls' >/tmp/ls 2>&1 && ! grep -q NT_STATUS /tmp/ls && got=read
  echo x >/tmp/x
  neighbour timeout 10 smbclient -N "//192.168.77.9/$1" -c 'put /tmp/x from-neighbour.txt; rm from-neighbour.txt' >/tmp/put 2>&1 &&
    ! grep -q NT_STATUS /tmp/put && got=write
  echo $got
}

paths() {
  python3 - <<'PY'
import json, os
found = {}
for top in ("/", "/srv", "/var/lib/samba/usershares"):
    for folder, folders, _ in [(top, [], [])] if top != "/srv" else os.walk(top):
        status = os.stat(folder)
        found[folder] = {"mode": oct(status.st_mode & 0o7777), "uid": status.st_uid, "gid": status.st_gid}
for folder in ("/home", "/home/yamada"):
    status = os.stat(folder)
    found[folder] = {"mode": oct(status.st_mode & 0o7777), "uid": status.st_uid, "gid": status.st_gid}
print(json.dumps(found, indent=1, sort_keys=True))
PY
}

one_case() {
  local out=/state/out/$1 one=$1 name sep="" pid
  mkdir -p "$out/usershares"
  rm -rf /srv /etc/samba /var/lib/samba/registry.tdb /var/lib/samba/usershares/*
  mkdir -m 755 /srv /etc/samba
  chmod 1770 /var/lib/samba/usershares
  SHARES=""
  "case_$1"
  rm -f /run/samba/*.pid
  smbd -D
  wait_port 445
  pid=$(cat /run/samba/smbd.pid)
  {
    printf '{'
    for name in $SHARES; do printf '%s"%s": "%s"' "$sep" "$name" "$(stranger "$name")"; sep=", "; done
    printf '}\n'
  } >"$out/observed.json"
  # What decides about shares; the case "guest" keeps all of it.
  testparm -sv 2>/dev/null >/tmp/testparm
  if [ "$1" = guest ]; then cp /tmp/testparm "$out/testparm.txt"; else grep -E "$KEPT" /tmp/testparm >"$out/testparm.txt"; fi
  cp -p /var/lib/samba/usershares/* "$out/usershares/" 2>/dev/null || true
  paths >"$out/paths.json"
  if [ -x /opt/gokajo/gokajo ]; then
    timeout 60 /bin/sh /opt/gokajo/start scan --format json >"$out/scan.json" 2>"$out/scan.err" || true
  fi
  kill "$pid"
  while ss -Hltn 'sport = :445' | grep -q .; do sleep 0.1; done
}

proof() {
  local name
  for name in $CASES; do one_case "$name"; done
  smbd --version >/state/out/version
}
