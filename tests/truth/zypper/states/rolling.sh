# Tumbleweed: no patches, every newer version may be a fix; zypper dup.
rolling
for v in 1.0 1.1; do package hana $v; done
installed hana-1.0
repository oss hana-1.1
fetch
say unknown_security hana
