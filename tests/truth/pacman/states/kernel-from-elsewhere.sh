# The running kernel has no modules here, and no package of its flavour either: it came from elsewhere.
package linux-lts 9.0-1 "" "/usr/lib/modules/99.0.1-1-lts/pkgbase"
installed linux-lts-9.0-1
repository linux-lts-9.0-1
fetch
restart newer_kernel unknown
