# One package lacks a security fix, one an ordinary update, one nothing.
for v in 1.0 1.1 1.2; do package hana $v; done
for v in 1.0 1.1; do package kaki $v; done
package ume 1.0
installed hana-1.0 kaki-1.0 ume-1.0
advisory openSUSE-2026-1 security '-30 days' hana 1.1
advisory openSUSE-2026-2 recommended '-3 days' kaki 1.1
repository oss hana-1.0 hana-1.1 hana-1.2 kaki-1.0 kaki-1.1 ume-1.0
fetch
security hana
not_security kaki
dated hana "$(date -u -d '-30 days' +%F)"
