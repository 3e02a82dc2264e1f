# A newer kernel of the running flavour came long ago and does not run; its 10 is above 9 as rpm orders versions.
kernel kernel-core 5.14.9 "$(uname -r)"
kernel kernel-core 5.14.10
long_installed kernel-core-5.14.9 kernel-core-5.14.10
repository base kernel-core-5.14.10
fetch
restart newer_kernel yes
