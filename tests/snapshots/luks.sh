# A PC file that make starts once: copies the PC it runs on to a second disk (vdb) laid out as Debian's installer does it with "guided - use
# entire disk and set up encrypted LVM": /boot on the first partition, LUKS2 on the second, a volume group with root and swap in it. The
# installer asks for a passphrase at the start; here a key lies in the initramfs (make). What Gokajo looks at is the same.
records=no
change() {
  printf 'start=2048, size=512M, type=83\ntype=83\n' | sfdisk -q /dev/vdb
  udevadm settle
  mkfs.ext4 -q -L boot /dev/vdb1
  # A real passphrase function takes minutes under emulation, and nobody is to guess this key.
  cryptsetup luksFormat --batch-mode --type luks2 --uuid "$(cat /etc/keys/disk.uuid)" --pbkdf pbkdf2 --pbkdf-force-iterations 1000 --key-file /etc/keys/disk.key /dev/vdb2
  cryptsetup open --key-file /etc/keys/disk.key /dev/vdb2 vda2_crypt
  pvcreate -q /dev/mapper/vda2_crypt
  vgcreate -q office /dev/mapper/vda2_crypt
  lvcreate -q -y -L 256M -n swap_1 office
  lvcreate -q -y -l 100%FREE -n root office
  udevadm settle
  mkswap /dev/office/swap_1
  mkfs.ext4 -q /dev/office/root
  mkdir -p /run/new
  mount /dev/office/root /run/new
  tar -C / --one-file-system --exclude=./opt/gokajo --exclude=./snap -cf - . | tar -C /run/new -xpf -
  mount /dev/vdb1 /run/new/boot
  cp -a /boot/. /run/new/boot/
}
proof() {
  cryptsetup isLuks --type luks2 /dev/vdb2
  ls /run/new/boot/vmlinuz-* /run/new/usr/bin/systemctl
  umount /run/new/boot /run/new
  sync
}
