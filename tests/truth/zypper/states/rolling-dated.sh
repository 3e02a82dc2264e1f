# Tumbleweed: what an index offers was out when the index was made.
rolling
for v in 1.0 1.1; do package hana $v; done
installed hana-1.0
repository oss hana-1.1
fetch
dated hana "$(date -u +%F)"
