# zypper(8), needs-rebooting: "if the reboot-needed flag was set by a previous update or install of a core library or service".
package hana 1.0
installed hana-1.0
repository oss hana-1.0
fetch
touch /run/reboot-needed
not_security hana
