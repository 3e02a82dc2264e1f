# Sourced by tests/states/run: makes and keeps the trees that states start from.
#
#   base    Debian 12 (bookworm) by debootstrap, the packages below, the newest security updates, one user
#   layers  what a state adds by `packages=`, installed by apt-get into an overlay over the base
#
# They live outside the repository, in $GOKAJO_STATES_CACHE (default /var/cache/gokajo-states), and are made again when they are older than
# three days, since a PC whose package index is a week old is itself a finding. The mirror is the one of the host's own apt sources.

cache=${GOKAJO_STATES_CACHE:-/var/cache/gokajo-states}
suite=bookworm
base_packages="systemd-sysv dbus sudo iproute2 samba smbclient nfs-kernel-server openssh-server unattended-upgrades nftables iptables
  vsftpd rsync cups-daemon pamtester libpam-runtime python3-minimal ca-certificates zlib1g liblzma5 libzstd1 liblz4-1 libfmt9 libspdlog1.10"

die() { printf '%s: %s\n' "tests/states/run" "$*" >&2; exit 70; }

# Prints the first address of the host's apt sources that ends in $1 (debian or debian-security), else the public one.
mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
    sed -n -E 's/^(URIs:|deb( \[[^]]*\])?) *([^ ]*\/'"$1"')\/?( .*)?$/\3/p' | head -n 1 | grep . || echo "http://deb.debian.org/$1"
}

# The host's proxy for apt, if it has one; used while a tree is made and never left in it.
proxy_options() {
  apt-config dump 2>/dev/null | sed -n -E 's/^(Acquire::https?::Proxy) "(.+)";$/-o \1=\2/p'
}

# Runs its arguments with root directory $1 in a mount and PID namespace of their own, with the host's network.
in_tree() {
  local tree=$1
  shift
  unshare --mount --pid --fork --kill-child bash -c '
    set -e
    tree=$1; shift
    mount -t proc proc "$tree/proc"
    mount --bind /dev "$tree/dev"
    mount -t tmpfs tmpfs "$tree/run"
    mount --bind /etc/resolv.conf "$tree/etc/resolv.conf" 2>/dev/null || true
    exec chroot "$tree" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive HOME=/root "$@"
  ' in_tree "$tree" "$@"
}

apt_in() {
  local tree=$1
  shift
  # shellcheck disable=SC2046
  in_tree "$tree" apt-get -q -y -o Dpkg::Use-Pty=0 $(proxy_options) "$@"
}

make_base() {
  local tree=$cache/base.new
  rm -rf --one-file-system "$tree"
  debootstrap --variant=minbase "$suite" "$tree" "$(mirror debian)" || die "debootstrap failed"
  printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
  chmod 755 "$tree/usr/sbin/policy-rc.d"
  touch "$tree/etc/resolv.conf"
  cat >"$tree/etc/apt/sources.list" <<LIST
deb $(mirror debian) $suite main
deb $(mirror debian) $suite-updates main
deb $(mirror debian-security) $suite-security main
LIST
  apt_in "$tree" update || die "the mirror does not answer"
  apt_in "$tree" dist-upgrade
  # shellcheck disable=SC2086
  apt_in "$tree" install --no-install-recommends $base_packages || die "the base packages cannot be installed"
  in_tree "$tree" useradd --create-home --shell /bin/bash --comment '山田 花子' yamada
  # SHA-512 of a password that nobody uses; the plain text does not matter to any state.
  in_tree "$tree" usermod --password "$(openssl passwd -6 "$(head -c 24 /dev/urandom | base64)")" yamada
  # Installed for the states that start them, off in the untouched PC.
  in_tree "$tree" systemctl disable smbd nmbd samba-ad-dc vsftpd ssh cups.service cups.socket cups.path nfs-server nfs-client.target \
    nfs-blkmap rpcbind.service rpcbind.socket
  echo pc-states >"$tree/etc/hostname"
  rm -f "$tree/usr/sbin/policy-rc.d" "$tree"/var/cache/apt/archives/*.deb
  mv "$tree" "$cache/base"
  date +%s >"$cache/base.made"
}

# Makes sure that the base stands and is fresh; drops the layers that stood on an older one.
want_base() {
  mkdir -p "$cache"
  exec 8>"$cache/lock"
  flock 8
  local made=0
  [ -r "$cache/base.made" ] && [ -d "$cache/base" ] && made=$(cat "$cache/base.made")
  if [ $(($(date +%s) - made)) -gt 259200 ] || ! cmp -s "$cache/base.recipe" <(echo $base_packages); then
    command -v debootstrap >/dev/null || die "debootstrap is missing (apt-get install debootstrap)"
    echo "making the base tree in $cache (about two minutes) ..." >&2
    rm -rf --one-file-system "$cache/base" "$cache"/layer-* "$cache/base.made"
    (make_base) >"$cache/base.log" 2>&1 || die "see $cache/base.log"
    echo $base_packages >"$cache/base.recipe"
  fi
  flock -u 8
}

# Prints the name of the layer that holds the packages $*, and makes it when it does not stand yet.
want_layer() {
  local name layer
  name=layer-$(echo "$*" | tr -s ' ' '+')
  layer=$cache/$name
  exec 8>"$cache/lock"
  flock 8
  if [ ! -d "$layer/upper" ]; then
    echo "installing $* ..." >&2
    rm -rf --one-file-system "$layer.new"
    mkdir -p "$layer.new/upper" "$layer.new/work" "$layer.new/tree"
    unshare --mount bash -c '
      set -e
      . "$1/base.sh"
      layer=$2; shift 2
      mount -t overlay overlay -o "lowerdir=$cache/base,upperdir=$layer/upper,workdir=$layer/work" "$layer/tree"
      printf "#!/bin/sh\nexit 101\n" >"$layer/tree/usr/sbin/policy-rc.d"
      chmod 755 "$layer/tree/usr/sbin/policy-rc.d"
      apt_in "$layer/tree" install --no-install-recommends "$@"
      rm -f "$layer/tree/usr/sbin/policy-rc.d" "$layer"/tree/var/cache/apt/archives/*.deb
    ' want_layer "$here" "$layer.new" "$@" >"$layer.log" 2>&1 || die "$* cannot be installed, see $layer.log"
    mv "$layer.new" "$layer"
  fi
  flock -u 8
  echo "$name"
}

# The layer of a state that has an `install` function: that function run with the network, once, over the state's other packages.
want_installed() {
  local layer=$cache/layer-$(echo "$1" | tr / .)-$(sha256sum <"$2" | cut -c 1-12) lower=$3
  exec 8>"$cache/lock"
  flock 8
  if [ ! -d "$layer/upper" ]; then
    echo "preparing $1 ..." >&2
    rm -rf --one-file-system "$layer.new"
    mkdir -p "$layer.new/upper" "$layer.new/work" "$layer.new/tree"
    unshare --mount bash -c '
      set -e
      . "$1/base.sh"
      mount -t overlay overlay -o "lowerdir=$4,upperdir=$2/upper,workdir=$2/work" "$2/tree"
      cp "$3" "$2/tree/tmp/state.sh"
      in_tree "$2/tree" bash -e -c "about() { :; }; argued() { :; }; expect() { :; }; keep() { :; }; may() { :; }; . /tmp/state.sh; install"
      rm -f "$2/tree/tmp/state.sh"
    ' want_installed "$here" "$layer.new" "$2" "$lower" >"$layer.log" 2>&1 || die "$1 cannot be prepared, see $layer.log"
    mv "$layer.new" "$layer"
  fi
  flock -u 8
  basename "$layer"
}

# The newest program built in this tree.
newest_build() { ls -t "$here"/../../build/{release,dev}/agent/gokajo 2>/dev/null | head -n 1; }

# Puts the program $1 and the libraries it is linked with into $2, with a script `start`. Where the host is of the trees' own release the C
# library is the tree's; where it is not (a newer Debian), the program brings its own C library and loader along.
bring_program() {
  [ -x "$1" ] || die "no gokajo program: build it first, or name it with --gokajo"
  mkdir -p "$2/lib"
  cp "$1" "$2/gokajo"
  ldd "$1" | awk '$3 ~ /^\// { print $3 } $1 ~ /^\/.*ld-linux/ { print $1 }' | while read -r library; do cp -L "$library" "$2/lib/"; done
  if grep -q "^VERSION_CODENAME=$suite" /etc/os-release; then
    (cd "$2/lib" && rm -f ld-linux* libc.so* libm.so* libpthread* libdl.so* librt.so* libresolv.so*)
    echo 'here=${0%/*}; LD_LIBRARY_PATH=$here/lib exec "$here/gokajo" "$@"' >"$2/start"
  else
    echo 'here=${0%/*}; exec "$here"/lib/ld-linux* --library-path "$here/lib" "$here/gokajo" "$@"' >"$2/start"
  fi
}
