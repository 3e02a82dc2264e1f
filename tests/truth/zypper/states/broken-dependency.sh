# The newer version needs what nobody has.
for v in 1.0 1.1; do package hana $v; done
package ume 1.0
package ume 1.1 'Requires: nothing-has-it'
installed hana-1.0 ume-1.0
repository oss hana-1.1 ume-1.1
fetch
waits ume kept_back
