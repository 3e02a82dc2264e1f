# Runs inside a PC of its own (tests/states/enter.sh): each case in a network namespace of its own, scanned with nft and without.
# Per case in /state/out/CASE: tables.txt (nft list tables), with.json, without.json, record.json.
common() { :; }

scan() { timeout 60 /bin/sh /opt/gokajo/start scan --format json >"$1" 2>>"$1.err" || true; }

one_case() {
  local out=/state/out/$1
  mkdir -p "$out"
  ip link add eth0 type veth peer name other
  ip link set eth0 up
  "case_$1"
  # A socket, so that something waits.
  python3 -m http.server --bind 0.0.0.0 8000 >/dev/null 2>&1 &
  wait_port 8000
  nft list tables >"$out/tables.txt"
  scan "$out/with.json"
  mv /usr/sbin/nft /usr/sbin/nft.away
  # Its rules are then as hidden as they are to a PC that has neither: listing must not fall back on iptables alone.
  scan "$out/without.json"
  timeout 60 /bin/sh /opt/gokajo/start record "$out/record.json" >/dev/null 2>&1 || true
  mv /usr/sbin/nft.away /usr/sbin/nft
  kill %1
}

proof() {
  local name
  for name in $CASES; do
    export -f one_case scan wait_port "case_$name"
    unshare --net bash -ec 'mount -t sysfs -o ro sysfs /sys; ip link set lo up; one_case "$1"' case "$name"
  done
  printf '%s\n' $KNOWN >/state/out/known
}
