# The database was made ten days ago, so what it offers was out by then. When the first newer version came out is not in it.
for v in 1.0-1 1.2-1; do package hana $v; done
installed hana-1.0-1
repository hana-1.2-1
touch -d '-10 days' /srv/core/core.db.tar.gz
fetch
dated hana "$(date -u -d '-10 days' +%F)"
