# Packages, repositories and advisories for dnf and zypper, made by rpmbuild and createrepo_c.
mkdir -p /etc/rpm /srv/pool
# Debian keeps root's rpm database in his home; a PC of the rpm families has it here.
echo '%_dbpath /var/lib/rpm' >/etc/rpm/macros
listing() { rpm -qa --qf '%{NAME} %{ARCH} %{EVR}\n'; }

# package NAME VERSION [LINE OF THE SPEC [FILE]]: builds /srv/pool/NAME-VERSION-1.noarch.rpm, empty or with this file.
package() {
  mkdir -p /srv/build
  printf 'Name: %s\nVersion: %s\nRelease: 1\nSummary: small\nLicense: none\nBuildArch: noarch\n%b\n%%description\nsmall\n' "$1" "$2" "${3:-}" >"/srv/build/$1.spec"
  [ -z "${4:-}" ] || printf '%%install\nmkdir -p %%{buildroot}%s\necho %s >%%{buildroot}%s\n' "$(dirname "$4")" "$2" "$4" >>"/srv/build/$1.spec"
  printf '%%files\n%s\n' "${4:-}" >>"/srv/build/$1.spec"
  rpmbuild -bb --quiet --define '_topdir /srv/build' --define '_rpmdir /srv/pool' --define '_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' "/srv/build/$1.spec"
}

# installed NAME-VERSION...: into the database, as they are.
installed() {
  local item
  # rpm and dnf count whole seconds, and dnf takes the time of /proc/1 for the start: what comes in its second came before it.
  while [ "$(date +%s)" -le "$(stat -c %Y /proc/1)" ]; do sleep 0.1; done
  for item in "$@"; do rpm -i --nodeps "/srv/pool/$item-1.noarch.rpm"; done
}

# long_installed NAME-VERSION...: the same, put on before this PC was started.
long_installed() {
  local item
  for item in "$@"; do faketime -f '-900d' rpm -i --nodeps "/srv/pool/$item-1.noarch.rpm"; done
}

# kernel NAME VERSION [RELEASE]: a package that owns the image of that kernel (uname -r), by default of one that does not run.
kernel() { package "$1" "$2" "" "/usr/lib/modules/${3:-$2-1.noarch}/vmlinuz"; }

# advisory ID TYPE DATE NAME VERSION...: a line of the next repository's updateinfo. DATE is a day of date -d.
advisory() {
  local id=$1 type=$2 day
  day=$(date -u -d "$3" '+%F %T')
  shift 3
  {
    printf '<update from="office" status="final" type="%s" version="1"><id>%s</id><title>%s</title><severity>Important</severity>' "$type" "$id" "$id"
    printf '<issued date="%s"/><updated date="%s"/><references/><description>fix</description><pkglist><collection short="c"><name>c</name>' "$day" "$day"
    while [ $# -gt 0 ]; do
      printf '<package name="%s" version="%s" release="1" epoch="0" arch="noarch" src="%s-%s-1.src.rpm"><filename>%s-%s-1.noarch.rpm</filename></package>' "$1" "$2" "$1" "$2" "$1" "$2"
      shift 2
    done
    printf '</collection></pkglist></update>\n'
  } >>/srv/advisories
}

# repository ID NAME-VERSION...: /srv/ID with these packages and the advisories said so far; known to the package manager by `use`.
repository() {
  local id=$1 item
  shift
  mkdir -p "/srv/$id"
  for item in "$@"; do cp "/srv/pool/$item-1.noarch.rpm" "/srv/$id/"; done
  createrepo_c -q "/srv/$id"
  if [ -e /srv/advisories ]; then
    { echo '<?xml version="1.0" encoding="UTF-8"?><updates>'; cat /srv/advisories; echo '</updates>'; } >/srv/updateinfo.xml
    modifyrepo_c --mdtype=updateinfo /srv/updateinfo.xml "/srv/$id/repodata"
    rm /srv/advisories
  fi
  use "$id"
}
