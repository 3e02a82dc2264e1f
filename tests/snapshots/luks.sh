# A PC file that make starts once: copies the PC it runs on to a second disk (vdb) laid out as Debian's installer does it with "guided - use
# entire disk and set up encrypted LVM": /boot on the first partition, LUKS2 on the second, a volume group with root and swap in it. The
# installer asks for a passphrase at the start; nobody sits here, so a key lies in the initramfs. What Gokajo looks at is the same.
records=no
change() {
  printf 'start=2048, size=512M, type=83\ntype=83\n' | sfdisk -q /dev/vdb
  udevadm settle
  mkfs.ext4 -q /dev/vdb1
  head -c 64 /dev/urandom >/run/key
  # A real passphrase function takes minutes under emulation, and nobody is to guess this key.
  cryptsetup luksFormat --batch-mode --type luks2 --pbkdf pbkdf2 --pbkdf-force-iterations 1000 --key-file /run/key /dev/vdb2
  cryptsetup open --key-file /run/key /dev/vdb2 vda2_crypt
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
  mkdir -p /run/new/snap
  mount /dev/vdb1 /run/new/boot
  cp -a /boot/. /run/new/boot/
  mkdir -p /run/new/etc/keys
  install -m 400 /run/key /run/new/etc/keys/disk.key
  echo "vda2_crypt UUID=$(blkid -s UUID -o value /dev/vdb2) /etc/keys/disk.key luks,discard" >/run/new/etc/crypttab
  cat >/run/new/etc/fstab <<FSTAB
/dev/mapper/office-root / ext4 errors=remount-ro 0 1
UUID=$(blkid -s UUID -o value /dev/vdb1) /boot ext4 defaults 0 2
/dev/mapper/office-swap_1 none swap sw 0 0
FSTAB
  echo 'KEYFILE_PATTERN="/etc/keys/*.key"' >>/run/new/etc/cryptsetup-initramfs/conf-hook
  echo 'UMASK=0077' >/run/new/etc/initramfs-tools/conf.d/umask
  for dir in proc sys dev run; do mount --rbind /$dir /run/new/$dir; done
  chroot /run/new update-initramfs -u
  cp /run/new/boot/vmlinuz-* /snap/out/vmlinuz
  cp /run/new/boot/initrd.img-* /snap/out/initrd
}
proof() {
  lsinitramfs /snap/out/initrd | grep -q cryptsetup
  lsinitramfs /snap/out/initrd | grep 'cryptroot/keyfiles/.*key'
  umount -l /run/new
  sync
}
