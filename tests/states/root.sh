# Sourced by what enters a tree as if it were a PC: the kernel's own file systems and the devices every program expects.

# Mounts them in tree $1, in the mount and PID namespace of the caller. /proc/sys and /sys are read-only: the host's kernel is not the tree's.
mount_system() {
  mount -t proc proc "$1/proc"
  mount --bind "$1/proc/sys" "$1/proc/sys"
  mount -o remount,bind,ro "$1/proc/sys"
  mount -t sysfs -o ro sysfs "$1/sys"
  mount -t tmpfs -o mode=755 tmpfs "$1/dev"
  for node in null:3 zero:5 full:7 random:8 urandom:9; do
    mknod -m 666 "$1/dev/${node%:*}" c 1 "${node#*:}"
  done
  mknod -m 666 "$1/dev/tty" c 5 0
  mkdir "$1/dev/pts" "$1/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$1/dev/pts"
  ln -s pts/ptmx "$1/dev/ptmx"
  ln -s /proc/self/fd "$1/dev/fd"
  mount -t tmpfs tmpfs "$1/dev/shm"
  mount -t tmpfs -o mode=755 tmpfs "$1/run"
}
