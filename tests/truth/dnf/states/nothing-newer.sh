# Everything is as new as the repository.
package hana 1.1
installed hana-1.1
advisory OFFICE-2026:1 security '-30 days' hana 1.1
repository baseos hana-1.1
fetch
not_security hana
