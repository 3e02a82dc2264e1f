#!/bin/sh
# From a fresh Debian or Ubuntu to the owner's mail in one command: sh packaging/try.sh [--stay]
# Installs what the build needs, builds Gokajo into build/release, and goes the whole way on this PC alone: a hub on 127.0.0.1, this PC enrolled with it,
# a scan, a report, its receipt, the mail. Nothing leaves this PC, and afterwards nothing is left but what was built; with --stay hub and data stay until Ctrl+C.
set -eu
cd "$(dirname "$0")/.."
stay=no
case "${1:-}" in
  "") ;;
  --stay) stay=yes ;;
  *) echo "usage: sh packaging/try.sh [--stay]" >&2; exit 64 ;;
esac

stop() {
  printf 'Gokajo: %s\n' "$*" >&2
  exit 70
}
say() { printf '\n== %s\n' "$*"; }

say "1/5 必要なパッケージを確かめます / Packages"
sh packaging/install-dependencies.sh build

say "2/5 組み立てます（数分） / Building (some minutes)"
cmake --preset release -DGOKAJO_WERROR=OFF || stop "cmake could not configure the build; see its first error above."
cmake --build --preset release --target gokajo gokajo-hub || stop "the build failed; see its first error above."
gokajo=$(pwd)/build/release/agent/gokajo hub=$(pwd)/build/release/hub/gokajo-hub

as_root=""
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null; then
    as_root=sudo
  else
    echo "管理者の権限がないため、測れない項目があります。 / Without root some facts stay unknown."
  fi
fi

say "3/5 このPCを自己点検します / Scanning this PC"
result=0
$as_root "$gokajo" scan --lang ja || result=$?
case $result in
  # 1: something needs action, 2: something is unknown or to be answered. Both are results, not errors.
  0 | 1 | 2) ;;
  *) stop "the scan ended with $result, which is not a result; see above." ;;
esac

say "4/5 集計サーバーに届けます / To the hub"
place=$(mktemp -d)
server=""
cleanup() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  $as_root rm -rf "$place"
}
trap cleanup EXIT
trap 'exit 130' INT TERM
state=$place/hub
"$hub" company add office --state "$state" --lang ja --name "おためし株式会社" --responsible "おためし" --staff-told --devices 1 --owner-name "社長" \
  --owner-mail owner@example.invalid --person-in-charge "担当" >/dev/null || stop "the hub could not be set up"
# A port that is free now: the hub takes one itself where the first is taken.
for port in 8443 18443 28443 38443; do
  "$hub" serve --state "$state" --lang ja --listen 127.0.0.1 --name localhost --port $port >"$place/serve.log" 2>&1 &
  server=$!
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    if [ -s "$state/serving.json" ] || ! kill -0 "$server" 2>/dev/null; then break; fi
    sleep 0.5
  done
  if kill -0 "$server" 2>/dev/null; then break; fi
  server=""
done
[ -n "$server" ] || { cat "$place/serve.log" >&2; stop "the hub did not start"; }
"$hub" token new office --state "$state" --lang ja >"$place/sheet"
sed -n 's/^コード: //p' "$place/sheet" >"$place/code"
mkdir -m 700 "$place/pc"
$as_root chown "$(if [ -n "$as_root" ]; then echo 0; else id -u; fi)" "$place/pc"
$as_root "$gokajo" enroll "https://localhost:$port" --lang ja --state "$place/pc" --ca "$state/tls/ca.pem" --code-file "$place/code" --label "このPC" ||
  stop "this PC could not be enrolled"
$as_root "$gokajo" run --once --lang ja --state "$place/pc" || stop "the report did not go out"
"$hub" device list office --state "$state" --lang ja | grep -q "$(date +%Y)" || stop "the hub did not receive the report"
echo "集計サーバーが受け取りました。 / Received by the hub."

say "5/5 社長に届くメール / The owner's mail"
"$hub" mail show office --state "$state" --lang ja
printf '\n集計サーバーのページ（最初に見る人を登録します。1回だけ、24時間以内に開けます） / The hub'"'"'s pages (registers the first person; opens once, within 24 hours):\n'
"$hub" person set-up --state "$state" --lang ja || stop "no address for the hub's pages"
printf '\nもう一度調べるには / Again:  %s\n' "${as_root:+$as_root }$gokajo scan"
if [ $stay = yes ]; then
  printf 'Ctrl+C で終わり、データは消えます。 / Ctrl+C ends it and removes its data.\n'
  wait "$server"
else
  printf 'ページを開くには / To open the pages:  sh packaging/try.sh --stay\n'
fi
