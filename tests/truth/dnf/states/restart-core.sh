# needs-restarting(1): a core library was updated since this PC was started.
package glibc 2.34
package hana 1.0
long_installed hana-1.0
installed glibc-2.34
repository base hana-1.0 glibc-2.34
fetch
not_security hana
