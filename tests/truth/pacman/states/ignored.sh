# pacman.conf(5) IgnorePkg: "Instructs pacman to ignore any upgrades for this package".
for v in 1.0-1 1.1-1; do package hana $v; package kaki $v; done
installed hana-1.0-1 kaki-1.0-1
repository hana-1.1-1 kaki-1.1-1
fetch
sed -i 's/^SigLevel/IgnorePkg = hana\nSigLevel/' /etc/pacman.conf
waits hana ignored
