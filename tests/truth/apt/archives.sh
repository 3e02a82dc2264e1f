# Small package archives for the states. Sourced inside the state.

# package NAME VERSION [FIELD: VALUE]... builds /srv/pool/NAME_VERSION_ARCH.deb; Architecture: all unless given.
package() {
  local name=$1 version=$2 tree field architecture=all
  shift 2
  tree=$(mktemp -d)
  chmod 755 "$tree"
  mkdir -p "$tree/DEBIAN" "$tree/usr/share/$name" /srv/pool
  for field in "$@"; do case $field in Architecture:*) architecture=${field#*: } ;; esac; done
  {
    printf 'Package: %s\nVersion: %s\nArchitecture: %s\nMaintainer: A small office <root@localhost>\nDescription: a small package\n' "$name" "$version" "$architecture"
    for field in "$@"; do case $field in Architecture:* | Phased-Update-Percentage:*) ;; *) printf '%s\n' "$field" ;; esac; done
  } >"$tree/DEBIAN/control"
  # What only the archive's index says.
  for field in "$@"; do case $field in Phased-Update-Percentage:*) printf '%s\n' "$field" >"/srv/pool/${name}_${version}_$architecture.index" ;; esac; done
  dpkg-deb --root-owner-group -Znone --build "$tree" "/srv/pool/${name}_${version}_$architecture.deb"
  rm -r "$tree"
}

# archive DIRECTORY SUITE LABEL NAME_VERSION_ARCH... ; with NOT_AUTOMATIC=yes as backports are. Adds it to sources.list.
archive() {
  local directory=/srv/$1 suite=$2 label=$3 item arch extra=""
  shift 3
  for arch in amd64 $(dpkg --print-foreign-architectures); do
    mkdir -p "$directory/dists/$suite/main/binary-$arch" "$directory/pool"
    for item in "$@"; do
      case $item in *_all | *_"$arch") ;; *) continue ;; esac
      cp "/srv/pool/$item.deb" "$directory/pool/"
      dpkg-deb -f "/srv/pool/$item.deb"
      [ ! -e "/srv/pool/$item.index" ] || cat "/srv/pool/$item.index"
      printf 'Filename: pool/%s.deb\nSize: %s\nSHA256: %s\n\n' "$item" "$(stat -c %s "/srv/pool/$item.deb")" "$(sha256sum <"/srv/pool/$item.deb" | cut -d ' ' -f 1)"
    done >"$directory/dists/$suite/main/binary-$arch/Packages"
  done
  [ "${NOT_AUTOMATIC:-no}" = no ] || extra=$'\nNotAutomatic: yes\nButAutomaticUpgrades: yes'
  {
    printf 'Origin: %s\nLabel: %s\nSuite: %s\nCodename: %s\nDate: %s\nArchitectures: %s\nComponents: main%s\nSHA256:\n' "${ORIGIN:-Debian}" "$label" "$suite" "$suite" \
      "$(date -u -R | sed 's/+0000/UTC/')" "amd64 $(dpkg --print-foreign-architectures)" "$extra"
    (cd "$directory/dists/$suite" && for item in main/binary-*/Packages; do printf ' %s %s %s\n' "$(sha256sum <"$item" | cut -d ' ' -f 1)" "$(stat -c %s "$item")" "$item"; done)
  } >"$directory/dists/$suite/Release"
  echo "deb [trusted=yes] ${METHOD:-file}:$directory $suite main" >>/etc/apt/sources.list
}

# installed NAME_VERSION_ARCH... puts them on the PC.
installed() {
  local item files=()
  for item in "$@"; do files+=("/srv/pool/$item.deb"); done
  dpkg -i "${files[@]}"
}
