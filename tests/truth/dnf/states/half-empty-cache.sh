# One of two repositories was never fetched: what it would offer is not known.
for v in 1.0 1.1; do package hana $v; package kaki $v; done
installed hana-1.0 kaki-1.0
repository baseos hana-1.1
fetch
repository appstream kaki-1.1
unmeasured
never_fetched appstream
touch /truth/out/stopped
