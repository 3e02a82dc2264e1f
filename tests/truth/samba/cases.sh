# The share configurations. Each function case_NAME brings /etc/samba, /srv and Samba's own files into one state; SHARES names what is asked for.
# 192.168.77.9 is this PC, 192.168.77.50 the neighbour who asks. What smbd does is measured, so nothing here says what is expected.

# Prints a share: name, mode of its folder, then lines of smb.conf.
share() {
  local name=$1 mode=$2
  shift 2
  install -d -m "$mode" "/srv/$name"
  echo seen >"/srv/$name/a.txt"
  printf '[%s]\n path = /srv/%s\n' "$name" "$name" >>/etc/samba/smb.conf
  printf ' %s\n' "$@" >>/etc/samba/smb.conf
  SHARES="$SHARES $name"
}
global() { printf '[global]\n' >/etc/samba/smb.conf; printf ' %s\n' "$@" >>/etc/samba/smb.conf; }

case_guest() {
  global 'map to guest = Never'
  share guest-read 755 'guest ok = yes'
  share guest-write 777 'guest ok = yes' 'read only = no'
  share guest-synonym 777 'public = yes' 'writable = yes'
  share guest-only 777 'guest only = yes' 'read only = no'
  share password 777 'read only = no'
  share off 777 'guest ok = yes' 'available = no'
  share hidden 777 'guest ok = yes' 'browseable = no'
}
case_bad_user() { global 'map to guest = Bad User'; share guest 777 'guest ok = yes' 'read only = no'; share password 777 'read only = no'; }
case_restrict_anonymous() { global 'restrict anonymous = 2' 'map to guest = Bad User'; share guest 777 'guest ok = yes' 'read only = no'; share password 777 'read only = no'; }
case_global_guest() { global 'guest ok = yes'; share inherits 777 'read only = no'; share says-no 777 'guest ok = no' 'read only = no'; }
case_people() {
  global 'map to guest = Bad User'
  share valid-user 777 'guest ok = yes' 'read only = no' 'valid users = yamada'
  share valid-guest 777 'guest ok = yes' 'read only = no' 'valid users = yamada nobody'
  share valid-group 777 'guest ok = yes' 'read only = no' 'valid users = @nogroup'
  share invalid-guest 777 'guest ok = yes' 'read only = no' 'invalid users = nobody'
  share write-list 777 'guest ok = yes' 'write list = yamada'
  share write-list-guest 777 'guest ok = yes' 'write list = nobody'
  share read-list-guest 777 'guest ok = yes' 'read only = no' 'read list = nobody'
  share forced 700 'guest ok = yes' 'read only = no' 'force user = yamada'
  chown yamada /srv/forced
}
case_hosts() {
  global 'map to guest = Bad User'
  share allow-lan 777 'guest ok = yes' 'hosts allow = 192.168.77.'
  share allow-cidr 777 'guest ok = yes' 'hosts allow = 192.168.77.0/24'
  share allow-self 777 'guest ok = yes' 'hosts allow = 127. ::1'
  share allow-other 777 'guest ok = yes' 'hosts allow = 192.168.77.20'
  share allow-except 777 'guest ok = yes' 'hosts allow = 192.168.77. EXCEPT 192.168.77.50'
  share deny-all 777 'guest ok = yes' 'hosts deny = ALL'
  share deny-all-cidr 777 'guest ok = yes' 'hosts deny = 0.0.0.0/0'
  share deny-neighbour 777 'guest ok = yes' 'hosts deny = 192.168.77.50'
  share allow-self-deny-other 777 'guest ok = yes' 'hosts allow = 127.0.0.1' 'hosts deny = 10.0.0.0/8'
  share allow-self-deny-all 777 'guest ok = yes' 'hosts allow = 127.0.0.1' 'hosts deny = ALL'
  share allow-all 777 'guest ok = yes' 'hosts allow = ALL'
}
case_hosts_global() {
  global 'hosts allow = 127.0.0.1 ::1'
  share allow-lan 777 'guest ok = yes' 'hosts allow = 192.168.77.0/24'
  share no-limit 777 'guest ok = yes'
}
case_folders() {
  global 'map to guest = Bad User'
  share closed 700 'guest ok = yes' 'read only = no'
  share group-only 770 'guest ok = yes' 'read only = no'
  share guests-own 700 'guest ok = yes' 'read only = no'
  chown nobody /srv/guests-own
  share guests-group 770 'guest ok = yes' 'read only = no'
  chgrp nogroup /srv/guests-group
  share readable 755 'guest ok = yes' 'read only = no'
  share enter-only 711 'guest ok = yes' 'read only = no'
  share missing 777 'guest ok = yes'
  rm -r /srv/missing
  install -d -m 700 /srv/closed-above /srv/closed-above/open
  chmod 777 /srv/closed-above/open
  printf '[below-closed]\n path = /srv/closed-above/open\n guest ok = yes\n' >>/etc/samba/smb.conf
  SHARES="$SHARES below-closed"
}
case_copied() {
  global 'include = /etc/samba/more.conf'
  share template 777 'guest ok = yes' 'read only = no' 'available = no'
  share copied 777 'copy = template' 'available = yes'
  printf '[included]\n path = /srv/included\n guest ok = yes\n' >/etc/samba/more.conf
  install -d -m 777 /srv/included
  SHARES="$SHARES included"
}
case_registry() {
  global 'registry shares = yes'
  install -d -m 777 /srv/reg-guest /srv/reg-password
  net conf addshare reg-guest /srv/reg-guest writeable=y guest_ok=y
  net conf addshare reg-password /srv/reg-password writeable=y guest_ok=n
  SHARES="$SHARES reg-guest reg-password"
}
# A usershare as net usershare add writes it: name, acl, y or n for guests.
usershare() {
  install -d -m 777 -o yamada "/srv/$1"
  printf '#VERSION 2\npath=/srv/%s\ncomment=\nusershare_acl=%s\nguest_ok=%s\nsharename=%s\n' "$1" "$2" "$3" "$1" >"/var/lib/samba/usershares/$1"
  chown yamada "/var/lib/samba/usershares/$1"
  SHARES="$SHARES $1"
}
usershares() {
  usershare us-full S-1-1-0:F y
  usershare us-read S-1-1-0:R y
  usershare us-deny S-1-1-0:D y
  usershare us-people S-1-5-32-545:F y
  usershare us-no-guest S-1-1-0:F n
  usershare us-not-owner S-1-1-0:F y
  chown root /srv/us-not-owner
}
case_usershare() { global 'usershare allow guests = yes' 'usershare path = /var/lib/samba/usershares'; usershares; }
case_usershare_no_guests() { global 'usershare allow guests = no'; usershares; }
case_usershare_any_owner() { global 'usershare allow guests = yes' 'usershare owner only = no'; usershares; }
case_usershare_none() { global 'usershare allow guests = yes' 'usershare max shares = 0'; usershares; }
case_usershare_no_sticky() { global 'usershare allow guests = yes'; usershares; chmod -t /var/lib/samba/usershares; }
case_usershare_world() { global 'usershare allow guests = yes'; usershares; chmod o+w /var/lib/samba/usershares; }
CASES="guest bad_user restrict_anonymous global_guest people hosts hosts_global folders copied registry usershare usershare_no_guests usershare_any_owner
  usershare_none usershare_no_sticky usershare_world"
