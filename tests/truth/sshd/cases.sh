# Configurations of sshd. Each function case_NAME writes /etc/ssh/sshd_config and its drop-ins; what sshd makes of them is measured (sshd -T -C).
# yamada is in the group kanri (administrators of the case), suzuki is not; both have accounts on the PC.
main() { printf '%s\n' "$@" >/etc/ssh/sshd_config; }
drop() { local name=$1; shift; printf '%s\n' "$@" >"/etc/ssh/sshd_config.d/$name"; }
INCLUDE='Include /etc/ssh/sshd_config.d/*.conf'

case_debian() { main "$INCLUDE" 'KbdInteractiveAuthentication no' 'UsePAM yes' 'X11Forwarding yes'; }
case_root_yes() { main 'PermitRootLogin yes'; }
case_root_yes_keys() { main 'PermitRootLogin yes' 'PasswordAuthentication no' 'KbdInteractiveAuthentication no' 'UsePAM yes'; }
case_keyboard() { main 'PermitRootLogin yes' 'PasswordAuthentication no' 'KbdInteractiveAuthentication yes' 'UsePAM yes'; }
case_keyboard_no_pam() { main 'PermitRootLogin yes' 'PasswordAuthentication no' 'KbdInteractiveAuthentication yes' 'UsePAM no'; }
case_methods() { main 'PermitRootLogin yes' 'AuthenticationMethods publickey,password'; }
case_methods_either() { main 'PermitRootLogin yes' 'AuthenticationMethods publickey password'; }
case_forced_commands() { main 'PermitRootLogin forced-commands-only'; }
case_include_first() { main "$INCLUDE" 'PermitRootLogin yes'; drop 50-a.conf 'PermitRootLogin no'; drop 99-b.conf 'PermitRootLogin yes'; }
case_include_last() { main 'PermitRootLogin no' "$INCLUDE"; drop 10-a.conf 'PermitRootLogin yes'; }
case_include_relative() { main 'Include sshd_config.d/10*.conf'; drop 10-a.conf 'PermitRootLogin yes'; drop 20-b.conf 'PermitEmptyPasswords yes'; }
case_match_lan() { main 'PermitRootLogin no' 'Match Address 192.168.77.0/24' '  PermitRootLogin yes'; }
case_match_narrow() { main 'PermitRootLogin no' 'Match Address 10.20.30.40' '  PermitRootLogin yes'; }
case_match_not() { main 'PermitRootLogin no' 'Match Address !10.0.0.0/8,*' '  PermitRootLogin yes'; }
case_match_closes() { main 'PermitRootLogin yes' 'Match Address *' '  PasswordAuthentication no' '  KbdInteractiveAuthentication no'; }
case_match_user() { main 'PermitRootLogin no' 'Match User suzuki' '  PermitEmptyPasswords yes'; }
case_match_user_address() { main 'Match User suzuki Address 10.20.0.0/16' '  PermitEmptyPasswords yes'; }
case_match_group() { main 'Match Group kanri' '  PermitEmptyPasswords yes'; }
case_match_other_root() { main 'Match User suzuki' '  PermitRootLogin yes'; }
case_match_in_drop_in() { main "$INCLUDE" 'PermitRootLogin no'; drop 10-a.conf 'Match Address 172.16.0.0/12' '  PermitRootLogin yes'; }
case_match_wildcard() { main 'PermitRootLogin no' 'Match Address 10.9.*' '  PermitRootLogin yes'; }
case_match_six() { main 'PermitRootLogin no' 'Match Address fd00:77::/64' '  PermitRootLogin yes'; }
case_match_all() { main 'PermitRootLogin no' 'Match all' '  PermitEmptyPasswords yes'; }
case_quoted_upper() { main 'permitrootlogin no' 'MATCH address "192.168.77.0/24"' 'PERMITROOTLOGIN=yes'; }
case_empty_yes() { main 'PermitEmptyPasswords yes'; }
case_empty_keys() { main 'PermitEmptyPasswords yes' 'PasswordAuthentication no' 'KbdInteractiveAuthentication no'; }
CASES="debian root_yes root_yes_keys keyboard keyboard_no_pam methods methods_either forced_commands include_first include_last include_relative match_lan match_narrow
  match_not match_closes match_user match_user_address match_group match_other_root match_in_drop_in match_wildcard match_six match_all quoted_upper empty_yes empty_keys"
