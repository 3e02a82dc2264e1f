# No index was ever fetched: dnf -C finds nothing, which proves nothing (linux.md 2.2, measured on dnf 4.14).
for v in 1.0 1.1; do package hana $v; done
installed hana-1.0
repository baseos hana-1.1
unmeasured
never_fetched baseos
touch /truth/out/stopped
