# needs-restarting(1): "/etc/dnf/plugins/needs-restarting.d/": packages a person added to the core ones, one name a line in *.conf.
package hana 1.0
package kaki 1.0
mkdir -p /etc/dnf/plugins/needs-restarting.d
echo hana >/etc/dnf/plugins/needs-restarting.d/office.conf
echo kaki >/etc/dnf/plugins/needs-restarting.d/office.txt
installed hana-1.0 kaki-1.0
repository base hana-1.0 kaki-1.0
fetch
not_security hana
