# The newer version needs a package that is not there yet.
package kaki 1.0
package kaki 1.1 'Requires: momo'
package momo 1.0
installed kaki-1.0
repository oss kaki-1.1 momo-1.0
fetch
