# The same library for two architectures, and a package that turns from amd64 into all.
dpkg --add-architecture i386
for a in amd64 i386; do for v in 1.0 1.1; do package libhana1 $v "Architecture: $a" 'Multi-Arch: same'; done; done
package kaki 1.0 'Architecture: amd64'
package kaki 1.1
installed libhana1_1.0_amd64 libhana1_1.0_i386 kaki_1.0_amd64
archive debian bookworm Debian libhana1_1.0_amd64 libhana1_1.0_i386 kaki_1.0_amd64 kaki_1.1_all
archive debian-security bookworm-security Debian-Security libhana1_1.1_amd64 libhana1_1.1_i386
security libhana1
not_security kaki
