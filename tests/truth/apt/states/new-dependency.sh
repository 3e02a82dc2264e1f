# A meta package moves to a new package, as kernels do; upgrade alone would keep it back.
package office-image-1 1.0
package office-image-2 2.0 'Depends: office-initrd'
package office-initrd 1.0
package office-image 1 'Depends: office-image-1'
package office-image 2 'Depends: office-image-2'
installed office-image-1_1.0_all office-image_1_all
archive debian bookworm Debian office-image-1_1.0_all office-image_1_all office-initrd_1.0_all
archive debian-security bookworm-security Debian-Security office-image-2_2.0_all office-image_2_all
security office-image
