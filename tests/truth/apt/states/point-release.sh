# A point release supersedes the security fix: what would be installed comes from main, and a fix is missing all the same.
for v in 1.0-1 1.0-1+deb12u1 1.0-1+deb12u2; do package hana $v; done
for v in 2.0~rc1-1 2.0-1 1:1.5-1; do package kaki $v; done
installed hana_1.0-1_all kaki_2.0~rc1-1_all
archive debian bookworm Debian hana_1.0-1+deb12u2_all kaki_1:1.5-1_all
archive debian-security bookworm-security Debian-Security hana_1.0-1+deb12u1_all kaki_2.0-1_all
security hana kaki
