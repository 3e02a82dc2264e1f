#include <doctest/doctest.h>

#include "collectors/block_devices.h"
#include "collectors/disk.h"
#include "platform/json_form.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace platform;

namespace {

Json pc_of(const std::string& name) { return Json::parse(test_data("linux/disks/" + name)); }

void link(FakeHost& host, const std::string& path, const std::string& target) {
  FileStatus status;
  status.type = FileType::link;
  status.link_target = target;
  host.answers(StatFile{.path = path, .follow = false}, Reply{FileStatusReply{status}});
}

// A PC from tests/data/linux/disks: its mounts, and its block devices as sysfs shows them.
FakeHost pc(const Json& from) {
  FakeHost host;
  host.file("/proc/1/mountinfo", from["mountinfo"].get<std::string>());
  host.file("/proc/swaps", from["swaps"].get<std::string>());
  for (const auto& [path, target] : from["links"].items()) link(host, path, target.get<std::string>());
  for (const auto& [name, device] : from["devices"].items()) {
    const std::string base = "/sys/class/block/" + name;
    link(host, base, device["link"].get<std::string>());
    if (device.contains("uuid")) host.file(base + "/dm/uuid", device["uuid"].get<std::string>());
    if (device.contains("slaves")) host.directory(base + "/slaves", device["slaves"].get<std::vector<std::string>>());
    if (device.contains("partition")) host.answers(StatFile{.path = base + "/partition"}, Reply{FileStatusReply{}});
  }
  if (!from.contains("btrfs")) return host;
  std::vector<std::string> systems;
  for (const auto& [id, members] : from["btrfs"].items()) {
    systems.push_back(id);
    host.directory("/sys/fs/btrfs/" + id + "/devices", members.get<std::vector<std::string>>());
  }
  host.directory("/sys/fs/btrfs", systems);
  return host;
}

}  // namespace

TEST_CASE("encryption of a volume follows every way down to a disk") {
  for (const char* name : {"luks-lvm.json", "plain.json", "open-home.json", "raid-one-leg.json", "btrfs.json", "overlay.json"}) {
    CAPTURE(name);
    const Json from = pc_of(name);
    const auto volumes = collectors::collect_disk_linux(pc(from));
    REQUIRE_MESSAGE(volumes, volumes.detail);
    CHECK(volumes->size() == from["expect"].size());
    for (const auto& volume : *volumes) {
      CAPTURE(volume.place);
      REQUIRE(from["expect"].contains(volume.place));
      const Json& expected = from["expect"][volume.place];
      CHECK(volume.encrypted.value.has_value() == !expected.is_null());
      if (volume.encrypted && !expected.is_null()) CHECK(*volume.encrypted == expected.get<bool>());
    }
  }
}

TEST_CASE("what cannot be followed leaves the volume unknown, an open way is open nevertheless") {
  auto host = pc(pc_of("luks-lvm.json"));
  host.unreadable("/sys/class/block/dm-0/dm/uuid", ErrorKind::denied);
  const auto denied = collectors::collect_disk_linux(host);
  CHECK(denied->front().encrypted.absent == ErrorKind::denied);
  auto mirror = pc(pc_of("raid-one-leg.json"));
  mirror.unreadable("/sys/class/block/dm-0/dm/uuid", ErrorKind::denied);
  CHECK(*collectors::collect_disk_linux(mirror)->front().encrypted == false);
}

TEST_CASE("mounts nobody could read, or without a root, say nothing") {
  FakeHost host;
  CHECK_FALSE(collectors::collect_disk_linux(host));
  host.file("/proc/1/mountinfo", "half a line\n");
  CHECK(collectors::collect_disk_linux(host).absent == ErrorKind::malformed);
}

TEST_CASE("the disks under a volume are found through all layers") {
  CHECK(collectors::disks_under(pc(pc_of("luks-lvm.json")), "dm-1") == std::vector<std::string>{"nvme0n1"});
}

TEST_CASE("a ring of devices ends") {
  FakeHost host;
  host.directory("/sys/class/block/dm-0/slaves", {"dm-1"});
  host.directory("/sys/class/block/dm-1/slaves", {"dm-0"});
  CHECK(collectors::crosses_encryption(host, "dm-0").absent == ErrorKind::malformed);
  CHECK(collectors::disks_under(host, "dm-0").empty());
}

TEST_CASE("a text that is not the kernel's table of swaps does not say that nothing is swapped") {
  // A swap beside LUKS once vanished behind foreign text, and the disk was called encrypted (seed 1961542154 of the damages).
  auto from = pc_of("luks-lvm.json");
  for (const char* text : {"", "hello\n", "Filename Type Size\n", "Filename\tType\tSize\tUsed\tPriority\n/dev/sda3 partition\n"}) {
    CAPTURE(text);
    from["swaps"] = text;
    const auto volumes = collectors::collect_disk_linux(pc(from));
    REQUIRE_FALSE(volumes);
    CHECK(volumes.absent == ErrorKind::malformed);
  }
  from["swaps"] = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
  CHECK(collectors::collect_disk_linux(pc(from)));
}

}  // namespace gokajo::tests
