# apt_preferences(5): a version is kept by a pin of priority 1001, an archive is refused by a negative one, a third is preferred.
for v in 1.0 1.1 1.2; do package hana $v; package kaki $v; package momo $v; done
installed hana_1.0_all kaki_1.0_all momo_1.0_all
archive debian bookworm Debian hana_1.0_all kaki_1.1_all momo_1.1_all
archive debian-updates bookworm-updates Debian momo_1.2_all
archive debian-security bookworm-security Debian-Security hana_1.1_all kaki_1.2_all
cat >/etc/apt/preferences.d/office <<'PINS'
Package: hana
Pin: version 1.0
Pin-Priority: 1001

Package: momo
Pin: release n=bookworm-updates
Pin-Priority: -1
PINS
security hana kaki
waits hana pinned
