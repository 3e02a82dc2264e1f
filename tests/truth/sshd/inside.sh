# Runs inside a PC of its own: each case with the real sshd -T -C for every user and address below. Per case in /state/out/CASE: the configuration,
# printed.json {"user address": "the lines of sshd -T that decide"}, and scan.json (made while sshd listens) when there is a gokajo.
common() {
  groupadd kanri
  usermod -aG kanri,sudo yamada
  useradd --create-home --shell /bin/bash suzuki
  usermod --password "$(openssl passwd -6 "$(head -c 24 /dev/urandom | base64)")" root
}
USERS="root yamada suzuki"
ADDRESSES="203.0.113.7 2001:db8::7 192.168.77.1 192.168.77.50 192.168.77.254 10.0.0.1 10.1.2.3 10.9.0.1 10.9.8.7 10.20.0.1 10.20.30.40 10.20.30.41 172.16.0.1 172.31.255.254 192.0.2.1
  fd00:77::1 fd00:77::50 fd00:88::1"

one_case() {
  local out=/state/out/$1 user address sep="" pid
  rm -rf /etc/ssh/sshd_config /etc/ssh/sshd_config.d
  mkdir -p "$out" /etc/ssh/sshd_config.d /run/sshd
  "case_$1"
  cp -r /etc/ssh/sshd_config /etc/ssh/sshd_config.d "$out/"
  {
    printf '{'
    for user in $USERS; do
      for address in $ADDRESSES; do
        printf '%s"%s %s": "%s"' "$sep" "$user" "$address" "$(/usr/sbin/sshd -T -C "user=$user,host=$address,addr=$address" |
          grep -E '^(permitrootlogin|passwordauthentication|kbdinteractiveauthentication|usepam|permitemptypasswords|authenticationmethods) ' | tr '\n' ';')"
        sep=",
 "
      done
    done
    printf '}\n'
  } >"$out/printed.json"
  if [ -x /opt/gokajo/gokajo ]; then
    /usr/sbin/sshd
    wait_port 22
    timeout 60 /bin/sh /opt/gokajo/start scan --format json >"$out/scan.json" 2>"$out/scan.err" || true
    kill "$(cat /run/sshd.pid)"
    while ss -Hltn 'sport = :22' | grep -q .; do sleep 0.1; done
  fi
}

proof() {
  local name
  for name in $CASES; do one_case "$name"; done
  /usr/sbin/sshd -V >/state/out/version 2>&1 || ssh -V >/state/out/version 2>&1
}
