# dnf.conf(5), installonly_limit: older kernels are kept beside the newest; another flavour is newer, and neither waits for a restart.
kernel kernel-core 5.14.10 "$(uname -r)"
kernel kernel-core 5.14.9
kernel kernel-rt-core 5.14.11
long_installed kernel-core-5.14.9 kernel-core-5.14.10 kernel-rt-core-5.14.11
repository base kernel-core-5.14.10
fetch
restart newer_kernel no
