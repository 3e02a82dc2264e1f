# No index was ever fetched.
for v in 1.0 1.1; do package hana $v; done
installed hana-1.0
repository oss hana-1.1
unmeasured
never_fetched oss
touch /truth/out/stopped
