# Two security fixes above what is installed: the older one decides since when.
for v in 1.0 1.1 1.2; do package hana $v; done
installed hana-1.0
advisory OFFICE-2026:1 security '-40 days' hana 1.1
advisory OFFICE-2026:2 security '-2 days' hana 1.2
repository baseos hana-1.1 hana-1.2
fetch
security hana
dated hana "$(date -u -d '-40 days' +%F)"
