# pacman removes the modules of the running kernel with its package; those of the next are there (Arch wiki, "System maintenance").
running=$(uname -r)
next=${running/#*([0-9.])/99.0.1}
package linux 1.0-1 "" "/usr/lib/modules/$running/pkgbase"
package linux 1.1-1 "" "/usr/lib/modules/$next/pkgbase"
package hana 1.0-1
installed linux-1.0-1 linux-1.1-1 hana-1.0-1
repository linux-1.1-1 hana-1.0-1
fetch
restart newer_kernel yes
