# The newer version cannot be installed: it needs something that no archive has.
package hana 1.0
package hana 1.1 'Depends: nowhere'
package kaki 1.0
package kaki 1.1
installed hana_1.0_all kaki_1.0_all
archive debian bookworm Debian hana_1.0_all kaki_1.1_all
archive debian-security bookworm-security Debian-Security hana_1.1_all
security hana
waits hana kept_back
