# A repository without updateinfo, as CentOS Stream's: which update is a security fix is not known.
for v in 1.0 1.1; do package hana $v; done
installed hana-1.0
repository baseos hana-1.1
fetch
say unknown_security hana
