# No package owns the running kernel: nothing here is newer or older than it.
kernel kernel-core 5.14.10
long_installed kernel-core-5.14.10
repository base kernel-core-5.14.10
fetch
restart newer_kernel unknown
