# Backports never come by themselves, a third party's archive has no security part, and Default-Release prefers a suite (apt.conf(5)).
for v in 1.0 1.1 1.2; do package hana $v; package kaki $v; package momo $v; done
installed hana_1.0_all kaki_1.0_all momo_1.0_all
archive debian bookworm Debian hana_1.0_all kaki_1.0_all momo_1.1_all
archive debian-updates bookworm-updates Debian momo_1.2_all
NOT_AUTOMATIC=yes archive debian-backports bookworm-backports 'Debian Backports' hana_1.2_all
ORIGIN=Browser archive browser stable Browser kaki_1.1_all
echo 'APT::Default-Release "bookworm";' >/etc/apt/apt.conf.d/99office
not_security hana momo
