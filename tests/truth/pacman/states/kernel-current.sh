# The package that owns the running kernel's modules is the installed one; another flavour is newer.
package linux 1.0-1 "" "/usr/lib/modules/$(uname -r)/pkgbase"
package linux-lts 9.0-1 "" "/usr/lib/modules/99.0.1-1-lts/pkgbase"
installed linux-1.0-1 linux-lts-9.0-1
repository linux-1.0-1 linux-lts-9.0-1
fetch
restart newer_kernel no
