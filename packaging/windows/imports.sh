#!/bin/sh
# Which DLLs a program is linked with, against the list of those it may be: sh packaging/windows/imports.sh PROGRAM...
# Each is part of Windows and lies in System32 of every edition; what some editions lack (wscapi, wlanapi, samlib …) is looked up while running.
set -eu
here=$(dirname "$0")
failed=0
for program in "$@"; do
  for dll in $(x86_64-w64-mingw32-objdump -p "$program" | sed -n 's/^\tDLL Name: //p' | tr 'A-Z' 'a-z' | sort -u); do
    grep -qx "$dll" "$here/imports.txt" || { echo "$program: linked with $dll, which is not in packaging/windows/imports.txt" >&2; failed=1; }
  done
done
exit $failed
