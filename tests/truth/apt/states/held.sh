# A person holds back a package whose security fix is out (apt-mark(8) hold).
for v in 1.0 1.1; do package hana $v; package kaki $v; done
installed hana_1.0_all kaki_1.0_all
archive debian bookworm Debian hana_1.0_all kaki_1.1_all
archive debian-security bookworm-security Debian-Security hana_1.1_all
apt-mark hold hana
security hana
waits hana held
