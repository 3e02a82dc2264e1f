#!/bin/sh
# Builds the libraries that Gokajo for Windows is linked with, from Debian's source packages: sh packaging/windows/dependencies.sh FOLDER
# FOLDER/ then holds include/, lib/ and lib/cmake/ of a static mingw-w64 world: cmake/mingw-w64.cmake looks nowhere else. Libraries without code of
# their own come from Debian's -dev packages as links, one by one: the whole /usr/include would bring Linux's own headers.
# What is there already in this version and by this recipe is kept, so a second call takes no time.
set -eu
[ $# = 1 ] || { echo "usage: sh packaging/windows/dependencies.sh FOLDER" >&2; exit 64; }
recipes=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
mkdir -p "$1"
prefix=$(cd "$1" && pwd)
work=$prefix/work
target=x86_64-w64-mingw32
jobs=$(nproc)
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$prefix/include" "$prefix/lib/cmake" "$prefix/lib/pkgconfig" "$prefix/made"

stop() {
  printf 'Gokajo: %s\n' "$*" >&2
  exit 70
}
say() { printf '   %s\n' "$*"; }

# ---- Sources: from where this PC's packages come, with apt's own checks, without a change to apt's settings --------------------------------

# apt_with FILE COMMAND...: apt-get with that list of sources.
apt_with() {
  list=$1
  shift
  apt-get -o Dir::Etc::SourceList="$list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -q "$@"
}

know_sources() {
  [ ! -e "$work/known" ] || return 0
  apt-get indextargets 'Created-By: Packages' --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' | sort -u >"$work/all.list"
  apt_with "$work/all.list" update >"$work/update.log" 2>&1 || stop "the list of source packages could not be read: see $work/update.log"
  rm -f "$work"/one-*.list
  number=0
  while read -r line; do
    number=$((number + 1))
    echo "$line" >"$work/one-$number.list"
  done <"$work/all.list"
  touch "$work/known"
}

version_of() { apt_with "$work/all.list" source --print-uris "$1" | sed -n "s/^'[^']*' $1_\([^ ]*\)\.dsc .*/\1/p"; }

# fetch NAME SUM PACKAGE: from the first archive that has it; a mirror of security updates may lack what the main archive holds.
fetch() {
  for list in "$work"/one-*.list; do
    apt_with "$list" source --print-uris "$3" 2>/dev/null | sed -n "s/^'\([^']*\)' $(echo "$1" | sed 's/[.]/\\&/g') .*/\1/p" >uri
    if [ -s uri ] && /usr/lib/apt/apt-helper download-file "$(cat uri)" "$1" "$2" >log 2>&1; then return 0; fi
  done
  return 1
}

# Unpacks the newest source package $1 to $work/$1, with Debian's patches where its part can be had. apt checks each file's sum.
unpack() {
  rm -rf "${work:?}/$1" "$work/files-$1"
  mkdir -p "$work/$1" "$work/files-$1"
  (
    cd "$work/files-$1"
    apt_with "$work/all.list" source --print-uris "$1" | sed -n "s/^'[^']*' \([^ ]*\) [0-9]* \([^ ]*\)$/\1 \2/p" >files
    grep -q . files || stop "$1: this release has no such source package"
    while read -r name sum; do
      case $name in
        *.asc | *-www.tar.* | *.dsc) ;;
        *.orig.tar.*) fetch "$name" "$sum" "$1" || stop "$1: $name could not be fetched: $(tail -1 log)" ;;
        *) fetch "$name" "$sum" "$1" || say "$1: $name cannot be had here; built without Debian's patches" ;;
      esac
    done <files
    tar -xf ./*.orig.tar.* -C "$work/$1" --strip-components=1
    for patches in ./*.debian.tar.*; do
      [ -e "$patches" ] || continue
      tar -xf "$patches" -C "$work/$1"
      [ -e "$work/$1/debian/patches/series" ] || continue
      sed 's/#.*//; s/ .*//; /^$/d' "$work/$1/debian/patches/series" | while read -r patch; do
        (cd "$work/$1" && patch -s -p1 <"debian/patches/$patch") || stop "$1: Debian's patch $patch does not apply"
      done
    done
  )
}

# What a library is made by: its recipe and what all recipes share.
recipe_of() { sed -n "/^$1() {/,/^}/p; /^with_cmake() {/,/^}/p; /^with_configure() {/,/^}/p; /^flags=/p" "$recipes" | sha256sum | cut -c1-64; }

# library NAME FUNCTION: builds by FUNCTION unless this version was made by this very recipe.
library() {
  know_sources
  stamp="$(version_of "$1") $(recipe_of "$2")"
  if [ "$(cat "$prefix/made/$1" 2>/dev/null)" = "$stamp" ]; then return 0; fi
  say "$1"
  unpack "$1"
  # Not behind ||: there, sh would go on after a recipe's failed command.
  set +e
  (set -e; cd "$work/$1"; "$2") >"$work/$1.log" 2>&1
  result=$?
  set -e
  [ $result = 0 ] || { tail -20 "$work/$1.log" >&2; stop "$1 could not be built: see $work/$1.log"; }
  rm -rf "${work:?}/$1" "$work/files-$1"
  echo "$stamp" >"$prefix/made/$1"
}

# ---- Recipes: each is run in the unpacked sources ---------------------------------------------------------------------------------------

with_cmake() {
  cmake -S "$1" -B build -G Ninja -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_C_COMPILER=$target-gcc-posix -DCMAKE_CXX_COMPILER=$target-g++-posix \
    -DCMAKE_RC_COMPILER=$target-windres -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib \
    -DCMAKE_FIND_ROOT_PATH="$prefix;/usr/$target" -DCMAKE_FIND_ROOT_PATH_MODE_PROGRAM=NEVER -DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY \
    -DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY -DCMAKE_FIND_ROOT_PATH_MODE_PACKAGE=ONLY -DBUILD_SHARED_LIBS=OFF \
    -DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache \
    -DCMAKE_C_FLAGS="$flags" -DCMAKE_CXX_FLAGS="$flags" -DCMAKE_C_FLAGS_RELEASE=-DNDEBUG -DCMAKE_CXX_FLAGS_RELEASE=-DNDEBUG "$@"
  cmake --build build --target install
}
# Windows 10 and Server 2016 are the oldest that are asked for. What is in the agent is built small, what only the hub uses fast.
flags="-D_WIN32_WINNT=0x0A00 -Os -ffunction-sections -fdata-sections"

zstd() {
  flags="$flags -DHUF_FORCE_DECOMPRESS_X1 -DZSTD_FORCE_DECOMPRESS_SEQUENCES_SHORT -DZSTD_NO_INLINE -DZSTD_STRIP_ERROR_STRINGS"  # lib/README.md
  with_cmake build/cmake -DZSTD_BUILD_PROGRAMS=OFF -DZSTD_BUILD_SHARED=OFF -DZSTD_BUILD_TESTS=OFF -DZSTD_LEGACY_SUPPORT=OFF
}
with_configure() {
  ./configure --host=$target --prefix="$prefix" --disable-shared --enable-static CC="ccache $target-gcc-posix" CFLAGS="$flags" "$@"
}
unistring() {
  with_configure
  make -j"$jobs" -C lib
  make -C lib install
}
sodium() {
  autoreconf -fi
  with_configure
  make -j"$jobs" -C src
  make -C src install
  # Its header asks for a DLL unless it is told otherwise.
  printf 'prefix=%s\nName: libsodium\nDescription: libsodium, static\nVersion: 1.0.18\nLibs: -L${prefix}/lib -lsodium\nCflags: -I${prefix}/include -DSODIUM_STATIC=1\n' "$prefix" >"$prefix/lib/pkgconfig/libsodium.pc"
}
sqlite() {
  ./configure --disable-tcl --disable-readline  # for this PC: its programs write the one large file
  make sqlite3.c sqlite3.h
  $target-gcc-posix -c $flags -O2 -DSQLITE_THREADSAFE=1 -DSQLITE_DEFAULT_SYNCHRONOUS=2 -DSQLITE_DQS=0 -DSQLITE_ENABLE_COLUMN_METADATA sqlite3.c
  $target-ar rcs "$prefix/lib/libsqlite3.a" sqlite3.o
  cp sqlite3.h "$prefix/include/"
}
sqlitecpp() {
  with_cmake . -DSQLITECPP_INTERNAL_SQLITE=OFF -DSQLITECPP_RUN_CPPLINT=OFF -DSQLITECPP_RUN_CPPCHECK=OFF -DSQLITECPP_USE_STACK_PROTECTION=OFF \
    -DSQLITECPP_BUILD_TESTS=OFF -DSQLITECPP_BUILD_EXAMPLES=OFF
}
curl() {
  flags="$flags -ffile-prefix-map=$work/="  # it names its files where it checks itself, and no path of this machine belongs into a program
  with_cmake . -DCURL_USE_SCHANNEL=ON -DUSE_WIN32_IDN=ON -DUSE_LIBIDN2=OFF -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF -DENABLE_MANUAL=OFF \
    -DCURL_DISABLE_LDAP=ON -DCURL_DISABLE_LDAPS=ON -DCURL_DISABLE_FTP=ON -DCURL_DISABLE_TELNET=ON -DCURL_DISABLE_TFTP=ON -DCURL_DISABLE_DICT=ON \
    -DCURL_DISABLE_GOPHER=ON -DCURL_DISABLE_IMAP=ON -DCURL_DISABLE_POP3=ON -DCURL_DISABLE_RTSP=ON -DCURL_DISABLE_MQTT=ON -DCURL_DISABLE_SMB=ON \
    -DCURL_USE_LIBSSH2=OFF -DCURL_USE_LIBSSH=OFF -DCURL_ZLIB=OFF -DENABLE_UNIX_SOCKETS=OFF -DUSE_NGHTTP2=OFF
}
openssl() {
  # It looks for nothing of its own anywhere, neither settings nor modules: a folder that anybody could make must not decide (CVE-2019-1552). The
  # prefix is compiled in: this machine's folder would be one that anybody can make below C:\.
  ./Configure mingw64 --cross-compile-prefix=$target- CC=gcc-posix --prefix=/Windows/System32/none --libdir=lib --openssldir=/Windows/System32/none \
    no-shared no-tests no-engine no-legacy no-module no-comp no-ssl3 no-weak-ssl-ciphers no-dso no-capieng no-autoload-config -D_WIN32_WINNT=0x0A00
  PATH="/usr/lib/ccache:$PATH" make -j"$jobs" build_libs
  make install_dev DESTDIR="$PWD/made"
  sed -i "s|/Windows/System32/none|$prefix|" made/Windows/System32/none/lib/pkgconfig/*.pc
  cp -a made/Windows/System32/none/include made/Windows/System32/none/lib "$prefix/"
}
pugixml() {
  with_cmake . -DBUILD_SHARED_LIBS=OFF
}
qrcodegen() {
  $target-g++-posix -std=c++17 -c $flags cpp/qrcodegen.cpp
  $target-ar rcs "$prefix/lib/libqrcodegencpp.a" qrcodegen.o
  mkdir -p "$prefix/include/qrcodegen"
  cp cpp/qrcodegen.hpp "$prefix/include/qrcodegen/"
}

# ---- Libraries that are headers only: links, and the little that CMake wants to know of them ------------------------------------------------

header() { # header PACKAGE PATH-UNDER-INCLUDE
  [ -e "/usr/include/$2" ] || stop "$2 is missing: install $1"
  ln -sfn "/usr/include/$2" "$prefix/include/$2"
}
described() { # described CMAKE-PACKAGE TARGET VERSION [DEFINITION]
  mkdir -p "$prefix/lib/cmake/$1"
  {
    echo "if(NOT TARGET $2)"
    echo "  add_library($2 INTERFACE IMPORTED)"
    echo "  set_target_properties($2 PROPERTIES INTERFACE_INCLUDE_DIRECTORIES \"$prefix/include\"${4:+ INTERFACE_COMPILE_DEFINITIONS \"$4\"})"
    echo "endif()"
  } >"$prefix/lib/cmake/$1/$1Config.cmake"
  {
    echo "set(PACKAGE_VERSION $3)"
    echo "if(NOT PACKAGE_VERSION VERSION_LESS PACKAGE_FIND_VERSION)"
    echo "  set(PACKAGE_VERSION_COMPATIBLE TRUE)"
    echo "endif()"
  } >"$prefix/lib/cmake/$1/$1ConfigVersion.cmake"
}
boost_version() {
  sed -n 's/^#define BOOST_LIB_VERSION "\(.*\)"/\1/p' /usr/include/boost/version.hpp | tr _ .
}
header libboost-dev boost
header nlohmann-json3-dev nlohmann
header libfmt-dev fmt
header libcli11-dev CLI
header libtomlplusplus-dev toml++
header libkainjow-mustache-dev kainjow
[ ! -d /usr/include/doctest ] || header doctest-dev doctest
described Boost Boost::headers "$(boost_version)"
described nlohmann_json nlohmann_json::nlohmann_json 3.11
described fmt fmt::fmt 9.1 FMT_HEADER_ONLY
described CLI11 CLI11::CLI11 2.1
described doctest doctest::doctest 2.4
# Some libraries say Windows.h; mingw-w64's file is windows.h.
for name in Windows.h:windows.h WinSock2.h:winsock2.h; do
  ln -sfn "/usr/$target/include/${name#*:}" "$prefix/include/${name%:*}"
done

library libzstd zstd
library libunistring unistring
library libsodium sodium
library curl curl
library qr-code-generator qrcodegen
library pugixml pugixml
library sqlite3 sqlite
library sqlitecpp sqlitecpp
library openssl openssl
