# One fix from the security archive, one ordinary update, one package nobody has anything newer for; one archive is copied, not linked.
for v in 1.0 1.1; do package hana $v; package kaki $v; done
package momo 1.0
installed hana_1.0_all kaki_1.0_all momo_1.0_all
METHOD=copy archive debian bookworm Debian hana_1.0_all kaki_1.0_all momo_1.0_all
archive debian-updates bookworm-updates Debian kaki_1.1_all
METHOD=copy archive debian-security bookworm-security Debian-Security hana_1.1_all
security hana
not_security kaki momo
