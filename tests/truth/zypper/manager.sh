# An openSUSE Leap PC; `rolling` makes it Tumbleweed.
. /truth/rpm.sh
printf 'NAME="openSUSE Leap"\nVERSION="16.0"\nID="opensuse-leap"\nID_LIKE="suse opensuse"\nVERSION_ID="16.0"\nPRETTY_NAME="openSUSE Leap 16.0"\n' >/usr/lib/os-release
mkdir -p /etc/zypp/repos.d
upgrade=update
rolling() {
  printf 'NAME="openSUSE Tumbleweed"\nID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\nVERSION_ID="20261120"\nPRETTY_NAME="openSUSE Tumbleweed"\n' >/usr/lib/os-release
  upgrade=dup
}
# libzypp's cache of the rpm database is rebuilt by every zypper that finds it older; /var/tmp holds its temporary folder while it runs.
may_change='^/var/lib/rpm($|/rpmdb\.sqlite-(shm|wal)| )|^/var/cache/zypp/solv|^/var/tmp '
use() { printf '[%s]\nname=%s\nenabled=1\nautorefresh=0\nbaseurl=dir:///srv/%s\ntype=rpm-md\ngpgcheck=0\n' "$1" "$1" "$1" >"/etc/zypp/repos.d/$1.repo"; }
fetch() { zypper --non-interactive --no-gpg-checks refresh; }
really() { zypper --non-interactive --no-refresh --no-gpg-checks "$upgrade"; }
# zypper(8), needs-rebooting: 102 (ZYPPER_EXIT_INF_REBOOT_NEEDED) or 0.
asks_restart() {
  local status=0
  zypper --non-interactive --no-refresh needs-rebooting >&2 || status=$?
  case $status in
    102) echo yes ;;
    0) echo no ;;
    *) return 1 ;;
  esac
}
