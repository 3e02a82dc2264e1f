# An AlmaLinux-like PC whose package manager is dnf 4 with its core plugins (versionlock).
. /truth/rpm.sh
printf 'NAME="AlmaLinux"\nVERSION="9.8"\nID="almalinux"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.8"\nPRETTY_NAME="AlmaLinux 9.8"\n' >/usr/lib/os-release
mkdir -p /etc/yum.repos.d /etc/dnf/vars /etc/dnf/plugins
# A plugin that keeps a repository of everything installed; the rpm families package it apart.
printf '[main]\nenabled = false\n' >/etc/dnf/plugins/local.conf
package almalinux-release 9.8 'Provides: system-release = 9.8'
installed almalinux-release-9.8
# librepo keeps a checksum as an attribute of a package it finds in a repository on this disk (/srv). dnf(8) -C: "Run entirely from system cache"; what sqlite and libsolv keep beside their databases may move, nothing else.
may_change='^/var/lib/rpm($|/rpmdb\.sqlite-(shm|wal)| )|^/var/cache/dnf|^/root/\.rpmdb|^/srv/[^ ]*\.rpm '
use() { printf '[%s]\nname=%s\nbaseurl=file:///srv/%s\ngpgcheck=0\nenabled=1\n' "$1" "$1" "$1" >"/etc/yum.repos.d/$1.repo"; }
fetch() { dnf -q -y makecache; }
really() { dnf -y upgrade; }
# dnf-needs-restarting(1): "only report whether a reboot is required (exit code 1) or not (exit code 0)"; 1 is any other failure too, so the words decide.
asks_restart() {
  local said
  said=$(dnf -q -C needs-restarting -r) || true
  case $said in
    *'Reboot is required'*) echo yes ;;
    *'Reboot should not be necessary'*) echo no ;;
    *) return 1 ;;
  esac
}
