# The new version takes the place of another installed package: dist-upgrade removes that one.
package hana 1.0
package hana 2.0 'Conflicts: kaki' 'Replaces: kaki' 'Provides: kaki'
package kaki 1.0
installed hana_1.0_all kaki_1.0_all
archive debian bookworm Debian hana_1.0_all kaki_1.0_all
archive debian-updates bookworm-updates Debian hana_2.0_all
not_security hana
