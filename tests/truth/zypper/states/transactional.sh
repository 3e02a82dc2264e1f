# transactional-update(8): updates go into a snapshot that the next start takes; the running one cannot show whether there is one.
kernel kernel-default 6.4.10 "$(uname -r)"
package transactional-update 4.5 "" /usr/sbin/transactional-update
long_installed kernel-default-6.4.10 transactional-update-4.5
repository oss kernel-default-6.4.10
fetch
restart newer_kernel unknown
restart marked unknown
touch /truth/out/stopped
unset -f asks_restart
