# What the PCs share; sourced inside the virtual machine, after which a PC's own file may use it.

# A LAN of two, as in tests/states: this PC as 192.168.77.9, and a neighbour at 192.168.77.50 that lives in a network namespace of its own.
lan() {
  ip netns add lan
  ip link add eth0 type veth peer name eth0 netns lan
  ip addr add 192.168.77.9/24 dev eth0
  ip link set eth0 up
  ip netns exec lan ip link set lo up
  ip netns exec lan ip addr add 192.168.77.50/24 dev eth0
  ip netns exec lan ip link set eth0 up
}

# Runs a command as the other machine of the LAN.
neighbour() { ip netns exec lan "$@"; }

# True when the command fails: for a proof that something is refused.
refused() { ! "$@"; }

# Waits up to $1 seconds for the command that follows.
wait_for() {
  local left=$1
  shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || { echo "waited in vain for: $*"; return 1; }
    sleep 1
  done
}

# The kernel's NFS server with what /etc/exports says.
serve_nfs() {
  systemctl start nfs-server.service
  exportfs -ra
  wait_for 60 sh -c 'ss -Hltn "sport = :2049" | grep -q .'
  cat /proc/fs/nfsd/versions
}

# A second radio becomes somebody else's access point $1 with the lines on standard input as hostapd's settings; the PC keeps wlan0.
access_point() {
  modprobe mac80211_hwsim radios=2
  wait_for 30 test -e /sys/class/net/wlan1
  ip netns add air
  iw phy "$(cat /sys/class/net/wlan1/phy80211/name)" set netns name air
  ip netns exec air ip link set lo up
  ip netns exec air ip addr add 192.168.88.1/24 dev wlan1
  {
    printf 'interface=wlan1\ndriver=nl80211\nssid=%s\nhw_mode=g\nchannel=1\n' "$1"
    cat
  } >/run/hostapd.conf
  ip netns exec air hostapd -B /run/hostapd.conf
  ip netns exec air dnsmasq --interface=wlan1 --bind-interfaces --port=0 --dhcp-range=192.168.88.20,192.168.88.90,1h --pid-file=/run/air-dnsmasq.pid
}

# Joins network $1 with passphrase $2, if any, as a person does in the desktop's menu; what the card hears first takes its time under emulation.
join() {
  wait_for 120 sh -c "nmcli device wifi rescan; nmcli -g SSID device wifi list --rescan no | grep -x '$1'"
  nmcli --wait 150 device wifi connect "$1" ${2:+password "$2"}
}

joined() { wait_for 180 sh -c 'iw dev wlan0 link | grep -q "SSID: '"$1"'" && ip -4 addr show dev wlan0 | grep -q "inet 192.168.88."'; }

# clamd with one signature of this PC's own, and clamonacc in front of what is opened under /home.
serve_clamav_on_access() {
  echo 'harmless, but forbidden here' >/home/yamada/forbidden
  sigtool --md5 /home/yamada/forbidden >/var/lib/clamav/own.hdb
  cat >>/etc/clamav/clamd.conf <<'CONF'
OnAccessIncludePath /home
OnAccessPrevention yes
OnAccessExcludeUname clamav
CONF
  mkdir -p /run/clamav
  chown clamav:clamav /run/clamav
  clamd
  wait_for 60 clamdscan --ping 1
  clamonacc --log=/var/log/clamav/clamonacc.log
}

forbidden_is_held_back() {
  wait_for 60 sh -c '! cat /home/yamada/forbidden'
  cat /home/yamada/.profile >/dev/null
}
