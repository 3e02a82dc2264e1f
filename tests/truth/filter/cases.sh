# Rule sets made by the real programs. `known`: what must be said without nft too; other cases may stay unknown then, never say otherwise.
CASES="empty inet ip_and_ip6 input_drop netdev arp_and_bridge nat_only iptables_nft legacy_used legacy_touched"
KNOWN="empty arp_and_bridge legacy_touched"
case_empty() { :; }
case_inet() { nft 'add table inet x; add chain inet x out { type filter hook output priority 0; policy drop; }'; }
case_ip_and_ip6() { nft 'add table ip x; add table ip6 x'; }
case_input_drop() { nft 'add table inet x; add chain inet x in { type filter hook input priority 0; policy drop; }'; }
case_netdev() { nft 'add table netdev x; add chain netdev x in { type filter hook ingress device "eth0" priority 0; policy drop; }'; }
case_arp_and_bridge() { nft 'add table arp x; add chain arp x in { type filter hook input priority 0; policy drop; }; add table bridge x'; }
case_nat_only() { nft 'add table ip nat; add chain ip nat post { type nat hook postrouting priority srcnat; }; add rule ip nat post masquerade'; }
case_iptables_nft() { iptables-nft -P INPUT DROP; ip6tables-nft -P INPUT DROP; }
case_legacy_used() { iptables-legacy -P INPUT DROP; ip6tables-legacy -P INPUT DROP; }
# Listing makes the table, empty, with its policies ACCEPT.
case_legacy_touched() { iptables-legacy -L >/dev/null; }
