# The core library was there before this PC was started, and something else came after.
package glibc 2.34
package hana 1.0
long_installed glibc-2.34
installed hana-1.0
repository base hana-1.0 glibc-2.34
fetch
not_security hana
