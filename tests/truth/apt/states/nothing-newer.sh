# Everything is as the archives have it, or newer; one package is removed but for its configuration, one comes from nowhere.
for v in 1.0 1.1; do package hana $v; package kaki $v; done
package uchi 1.0
installed hana_1.1_all kaki_1.1_all uchi_1.0_all
dpkg --remove kaki
archive debian bookworm Debian hana_1.0_all kaki_1.1_all
archive debian-security bookworm-security Debian-Security hana_1.1_all
not_security hana kaki uchi
