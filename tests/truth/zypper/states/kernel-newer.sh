# A newer kernel of the running flavour is installed beside the running one (zypp.conf, multiversion).
kernel kernel-default 6.4.9 "$(uname -r)"
kernel kernel-default 6.4.10
long_installed kernel-default-6.4.9 kernel-default-6.4.10
repository oss kernel-default-6.4.10
fetch
restart newer_kernel yes
touch /truth/out/stopped
