# Phased-Update-Percentage of Ubuntu's archives: 0 comes to nobody yet, 100 to all; the security archive is exempt.
for v in 1.0 1.1; do package hana $v 'Phased-Update-Percentage: 0'; package kaki $v 'Phased-Update-Percentage: 100'; package momo $v 'Phased-Update-Percentage: 0'; done
echo 0123456789abcdef0123456789abcdef >/etc/machine-id
installed hana_1.0_all kaki_1.0_all momo_1.0_all
ORIGIN=Ubuntu archive ubuntu noble-updates Ubuntu hana_1.1_all kaki_1.1_all
ORIGIN=Ubuntu archive ubuntu-security noble-security Ubuntu momo_1.1_all
security momo
not_security kaki hana
