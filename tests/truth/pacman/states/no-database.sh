# pacman -Qu exits 1 when the databases were never fetched, too.
for v in 1.0-1 1.1-1; do package hana $v; done
installed hana-1.0-1
repository hana-1.1-1
unmeasured
never_fetched core
touch /truth/out/stopped
