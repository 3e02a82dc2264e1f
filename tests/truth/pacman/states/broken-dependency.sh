# The newer version needs what nobody has: pacman refuses the whole upgrade.
for v in 1.0-1; do package hana $v; done
package hana 1.1-1
package ume 1.0-1
package ume 1.1-1 'depend = nothing-has-it'
installed hana-1.0-1 ume-1.0-1
repository hana-1.1-1 ume-1.1-1
fetch
really() { ! pacman -Su --noconfirm; }
waits ume kept_back
waits hana kept_back
