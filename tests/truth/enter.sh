# Sourced by tests/truth/*/run: one PC of tests/states, made of the given shell files, whose proof() measures. Sets $work; what came out is in $work/out.
cache=${GOKAJO_STATES_CACHE:-/var/cache/gokajo-states}
export cache

enter_truth() {
  [ "$(id -u)" = 0 ] || { echo "needs root, nothing was tested"; exit 77; }
  unshare --mount true || { echo "no mount namespaces here, nothing was tested"; exit 77; }
  want_base
  work=$(mktemp -d "$cache/run.XXXXXX") || die "cannot write to $cache"
  trap 'rm -rf --one-file-system "$work"' EXIT
  export here GOKAJO_CLOSURE=$work/none
  if [ -z "$record" ]; then
    GOKAJO_CLOSURE=$work/closure
    bring_program "${gokajo:-$(newest_build)}" "$GOKAJO_CLOSURE"
  fi
  mkdir -p "$work/out"
  cat "$@" >"$work/state.sh"
  timeout -k 10 400 unshare --mount --uts --ipc --net --pid --fork --kill-child bash "$here/enter.sh" "$work" "$cache/base" no after >"$work/outer" 2>&1
  [ ! -e "$work/out/broken" ] || { tail -n 20 "$work/out/log" >&2; die "the measurement broke"; }
  [ -e "$work/out/log" ] || { cat "$work/outer" >&2; die "the PC did not start"; }
}
