# The newer version needs what nobody has: dnf leaves it out ("Skipping packages with broken dependencies").
for v in 1.0 1.1; do package hana $v; done
package ume 1.0
package ume 1.1 'Requires: nothing-has-it'
installed hana-1.0 ume-1.0
repository baseos hana-1.1 ume-1.1
fetch
waits ume kept_back
