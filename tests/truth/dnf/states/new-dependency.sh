# The newer version needs a package that is not there yet, with a name too long for dnf's table.
package kaki 1.0
package kaki 1.1 'Requires: momo-with-a-name-that-is-long-enough-to-break-the-columns-of-the-table'
package momo-with-a-name-that-is-long-enough-to-break-the-columns-of-the-table 1.0
installed kaki-1.0
repository baseos kaki-1.1 momo-with-a-name-that-is-long-enough-to-break-the-columns-of-the-table-1.0
fetch
