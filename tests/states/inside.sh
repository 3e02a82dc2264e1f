# Runs inside the state's own PC: brings it into the state, proves it with real programs, scans it. Sources state.sh for the functions.
set -u
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8
exec >/state/out/log 2>&1 </dev/null
cd /
about() { :; }
argued() { :; }
expect() { :; }
keep() { :; }
may() { :; }
common() { :; }
change() { :; }
proof() { :; }
packages="" adds="" boot=no serve="" serve_after=""
. /state/stages.sh
. /state/state.sh
phase=$(cat /state/phase)

# Stops at the first command that fails: a state that was not reached must not be scanned.
step() {
  # Not "( … ) && return": bash ignores set -e inside such a list.
  (set -e; set -x; "$@")
  [ $? != 0 ] || return 0
  echo "$1 failed" >/state/out/broken
  exit 1
}

step common
[ "$phase" = before ] || step change
for service in $serve; do step "serve_$service"; done
if [ "$phase" = after ]; then
  for service in $serve_after; do step "serve_$service"; done
  step proof
fi
if [ -x /opt/gokajo/gokajo ]; then
  env -i PATH="$PATH" HOME=/root LC_ALL=C.UTF-8 \
    timeout -k 5 120 /bin/sh /opt/gokajo/start scan --format json >/state/out/scan.json 2>/state/out/scan.err
  echo $? >/state/out/exit
fi
exit 0
