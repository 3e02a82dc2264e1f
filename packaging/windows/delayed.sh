#!/bin/sh
# Import libraries that load their DLL when it is first called, not when the program starts: sh packaging/windows/delayed.sh FOLDER DLL...
# What a program is linked with in the usual way Windows looks for beside the program before a line of it has run; only what stands in KnownDLLs is
# taken from System32 whatever lies there. A DLL that is loaded later comes from System32 alone (platform/program_windows.cpp).
set -eu
folder=$1
shift
target=x86_64-w64-mingw32
mkdir -p "$folder"
for dll in "$@"; do
  { echo "LIBRARY $dll.dll"; echo EXPORTS; $target-nm "$($target-gcc-posix -print-file-name="lib$dll.a")" 2>/dev/null | sed -n 's/^[0-9a-f]* T //p' | sort -u; } >"$folder/$dll.def"
  $target-dlltool -m i386:x86-64 -d "$folder/$dll.def" -y "$folder/lib$dll.a"
done
