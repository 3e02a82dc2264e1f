# libzypp sets the flag itself for a package that provides installhint(reboot-needed) (/etc/zypp/needreboot, its comment).
for v in 1.0 1.1; do package hana $v 'Provides: installhint(reboot-needed)'; done
installed hana-1.0
repository oss hana-1.1
fetch
zypper --non-interactive --no-refresh --no-gpg-checks update
touch /truth/out/stopped
not_security hana
# zypper writes its list of packages that came as dependencies anew at the first question after an update.
may_change="$may_change|^/var/lib/zypp(/AutoInstalled)? "
