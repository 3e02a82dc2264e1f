# The newer version needs a package that is not there yet.
package ume 1.0-1
package ume 1.1-1 'depend = momo'
package momo 1.0-1
installed ume-1.0-1
repository ume-1.1-1 momo-1.0-1
fetch
