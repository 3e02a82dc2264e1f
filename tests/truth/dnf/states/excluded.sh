# dnf.conf(5) excludepkgs: "Exclude packages of this repository"; the fix is missing all the same.
for v in 1.0 1.1; do package hana $v; package kaki $v; done
installed hana-1.0 kaki-1.0
advisory OFFICE-2026:1 security '-30 days' hana 1.1
repository baseos hana-1.1 kaki-1.1
fetch
echo 'excludepkgs=hana' >>/etc/dnf/dnf.conf
security hana
waits hana ignored
