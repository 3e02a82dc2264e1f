# dnf-versionlock(8): "takes a set of names and versions … and excludes all other versions of those packages".
for v in 1.0 1.1; do package hana $v; package kaki $v; done
installed hana-1.0 kaki-1.0
advisory OFFICE-2026:1 security '-30 days' hana 1.1
repository baseos hana-1.1 kaki-1.1
fetch
dnf -q -y versionlock add hana
security hana
waits hana held
