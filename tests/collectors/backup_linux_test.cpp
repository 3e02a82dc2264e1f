#include <doctest/doctest.h>

#include "collectors/backup.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;
using namespace platform;
using collectors::collect_backup_linux;
using collectors::parse_moment;

namespace {

FakeHost office() {
  FakeHost host;
  host.file("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\nyamada:x:1000:1000::/home/yamada:/bin/bash\n");
  host.file("/proc/1/mountinfo",
            "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 8:17 / /mnt/usb rw - ext4 /dev/sdb1 rw\n31 22 8:2 / /srv rw - ext4 /dev/sda2 rw\n"
            "32 22 0:60 / /mnt/nas rw - cifs //nas/backup rw\n");
  const std::pair<const char*, const char*> links[] = {{"/sys/dev/block/8:1", "x/sda/sda1"},    {"/sys/dev/block/8:2", "x/sda/sda2"},
                                                       {"/sys/dev/block/8:17", "x/sdb/sdb1"},   {"/sys/class/block/sda1", "x/sda/sda1"},
                                                       {"/sys/class/block/sda2", "x/sda/sda2"}, {"/sys/class/block/sdb1", "x/sdb/sdb1"}};
  for (const auto& [path, target] : links) {
    FileStatus status;
    status.type = FileType::link;
    status.link_target = target;
    host.answers(StatFile{.path = path, .follow = false}, Reply{FileStatusReply{status}});
  }
  for (const char* name : {"sda1", "sda2", "sdb1"})
    host.answers(StatFile{.path = std::string("/sys/class/block/") + name + "/partition"}, Reply{FileStatusReply{}});
  return host;
}

void borg(FakeHost& host, const std::string& moment, const std::string& place) {
  const std::string base = "/root/.config/borg/security";
  host.directory(base, {"abc"});
  host.answers(ReadFile{.path = base + "/abc/manifest-timestamp", .reducer = "timestamp", .as_uid = 0}, Reply{FileContents{{moment}, {}}});
  host.answers(ReadFile{.path = base + "/abc/location", .reducer = "backup_place", .as_uid = 0}, Reply{FileContents{{place}, {}}});
}

BackupTool only(const FakeHost& host) {
  const auto backup = collect_backup_linux(host);
  REQUIRE(backup.tools);
  REQUIRE(backup.tools->size() == 1);
  return backup.tools->front();
}

}  // namespace

TEST_CASE("no trace of a backup is an empty list") {
  const auto backup = collect_backup_linux(office());
  REQUIRE(backup.tools);
  CHECK(backup.tools->empty());
  CHECK(*backup.homes_seen);
  CHECK_FALSE(collect_backup_linux(FakeHost{}).tools);
}

TEST_CASE("borg's last change, and whether it lies on another disk") {
  auto host = office();
  const std::pair<const char*, std::optional<bool>> rows[] = {{"remote", true},
                                                              {"local /mnt/usb/borg", true},
                                                              {"local /srv/borg", false},
                                                              {"local /var/borg", false},
                                                              {"local /mnt/nas/borg", true}};
  for (const auto& [place, apart] : rows) {
    CAPTURE(place);
    borg(host, "2026-11-20T03:00:05.123456", place);
    CHECK(format_time(*only(host).last) == "2026-11-20T03:00:05Z");
    CHECK(only(host).apart == apart);
  }
  borg(host, "yesterday", "remote");
  CHECK(only(host).last.absent == ErrorKind::malformed);
}

TEST_CASE("restic's cache is a trace, not a proof") {
  auto host = office();
  host.directory("/home/yamada/.cache/restic", {"repo"});
  host.directory("/home/yamada/.cache/restic/repo/snapshots", {"ab", "cd"});
  CHECK(*only(host).last == host.now);
  CHECK_FALSE(only(host).certain);
}

TEST_CASE("Déjà Dup writes its last backup into the person's settings") {
  auto host = office();
  const auto settings = *find_reducer("dconf_settings")(test_data("linux/dconf/user"));
  host.answers(ReadFile{.path = "/home/yamada/.config/dconf/user", .reducer = "dconf_settings", .as_uid = 1000},
               Reply{FileContents{{settings}, {}}});
  CHECK(only(host).name == "Déjà Dup");
  CHECK(format_time(*only(host).last) == "2026-11-20T03:00:05Z");
  CHECK(only(host).apart == true);
}

TEST_CASE("rsnapshot counts when it has made a copy, Timeshift makes restore points only") {
  auto host = office();
  host.file("/etc/rsnapshot.conf", "local /mnt/usb/rsnapshot", "backup_place");
  host.directory("/mnt/usb/rsnapshot", {"daily.1"});
  CHECK(collect_backup_linux(host).tools->empty());
  host.directory("/mnt/usb/rsnapshot", {"daily.0", "daily.1"});
  CHECK(only(host).apart == true);
  CHECK(only(host).last);
  auto timeshift = office();
  timeshift.answers(StatFile{.path = "/etc/timeshift/timeshift.json", .follow = false}, Reply{FileStatusReply{}});
  CHECK(only(timeshift).restore_points_only);
}

TEST_CASE("a home that may not be looked into is not a home without backups") {
  auto host = office();
  host.answers(ListDirectory{.path = "/home/yamada/.config/borg/security"}, Error{ErrorKind::denied, ""});
  CHECK(collect_backup_linux(host).homes_seen.absent == ErrorKind::denied);
}

TEST_CASE("of a backup's place another machine's name does not come through") {
  const auto place = find_reducer("backup_place");
  CHECK(*place("ssh://tanaka@nas.example.jp/./office\n") == "remote");
  CHECK(*place("tanaka@nas.example.jp:office\n") == "remote");
  CHECK(*place("/mnt/usb/borg\n") == "local /mnt/usb/borg");
  CHECK(*place("# see "
               "http://www.rsnapshot.org/\n#snapshot_root\t/old\nconfig_version\t1.2\nsnapshot_root\t/var/cache/rsnapshot/"
               "\nbackup\troot@pc:/etc/\tpc/\n") == "local /var/cache/rsnapshot/");
  CHECK_FALSE(place("nothing"));
  CHECK_FALSE(find_reducer("timestamp")("<script>"));
  CHECK(*find_reducer("timestamp")("2026-11-20T03:00:05.123456\n") == "2026-11-20T03:00:05.123456");
}

TEST_CASE("moments are read with and without a zone") {
  CHECK(format_time(*parse_moment("2026-11-20T03:00:05")) == "2026-11-20T03:00:05Z");
  CHECK(format_time(*parse_moment("2026-11-20T03:00:05.5+0900")) == "2026-11-19T18:00:05Z");
  CHECK(format_time(*parse_moment("2026-11-20T03:00:05-01:30")) == "2026-11-20T04:30:05Z");
  for (const char* text : {"", "2026-11-20", "2026-11-20 03:00:05", "2026-11-20T03:00:05x", "2026-11-20T03:00:05+9"})
    CHECK_FALSE(parse_moment(text));
}

}  // namespace gokajo::tests
