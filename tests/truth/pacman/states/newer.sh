# Two packages lack a newer version; Arch tells no security fixes from others.
for v in 1.0-1 1.1-1; do package hana $v; package kaki $v; done
package ume 1.0-1
installed hana-1.0-1 kaki-1.0-1 ume-1.0-1
repository hana-1.1-1 kaki-1.1-1 ume-1.0-1
fetch
say unknown_security hana
