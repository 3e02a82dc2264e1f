# zypper(8) addlock: "Add a package lock"; the patch is needed all the same.
for v in 1.0 1.1; do package hana $v; package kaki $v; done
installed hana-1.0 kaki-1.0
advisory openSUSE-2026-1 security '-30 days' hana 1.1
repository oss hana-1.1 kaki-1.1
fetch
zypper addlock hana
security hana
waits hana held
