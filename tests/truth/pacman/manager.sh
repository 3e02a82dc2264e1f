# An Arch PC. Packages and the repository are made with bsdtar and repo-add, as makepkg(8) lays them out.
printf 'NAME="Arch Linux"\nPRETTY_NAME="Arch Linux"\nID=arch\nBUILD_ID=rolling\n' >/usr/lib/os-release
mkdir -p /srv/pool /srv/core /var/lib/pacman
printf '[options]\nArchitecture = auto\nSigLevel = Never\n[core]\nServer = file:///srv/core\n' >/etc/pacman.conf
may_change='^$'
listing() { pacman -Q | awk '{ print $1, "-", $2 }'; }

shopt -s extglob
# package NAME VERSION [depend = NAME [FILE]]: /srv/pool/NAME-VERSION-any.pkg.tar.zst
package() {
  local tree=/srv/build/$1-$2
  mkdir -p "$tree/usr/share/$1"
  echo "$2" >"$tree/usr/share/$1/version"
  [ -z "${4:-}" ] || { mkdir -p "$tree$(dirname "$4")" && echo "$1" >"$tree$4"; }
  printf 'pkgname = %s\npkgbase = %s\npkgver = %s\npkgdesc = small\nbuilddate = 1700000000\nsize = 10\narch = any\n%b\n' "$1" "$1" "$2" "${3:-}" >"$tree/.PKGINFO"
  (cd "$tree" && bsdtar -cf - .PKGINFO usr | zstd -q >"/srv/pool/$1-$2-any.pkg.tar.zst")
}
installed() {
  local item
  for item in "$@"; do pacman -Udd --noconfirm "/srv/pool/$item-any.pkg.tar.zst"; done
}
repository() {
  local item
  for item in "$@"; do cp "/srv/pool/$item-any.pkg.tar.zst" /srv/core/; done
  repo-add -q /srv/core/core.db.tar.gz /srv/core/*.pkg.tar.zst
}
fetch() { pacman -Sy; }
really() { pacman -Su --noconfirm; }
