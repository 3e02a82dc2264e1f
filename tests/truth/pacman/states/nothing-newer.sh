# pacman -Qu exits 1 when nothing is newer, and the databases are there.
package hana 1.0-1
installed hana-1.0-1
repository hana-1.0-1
fetch
not_security hana
