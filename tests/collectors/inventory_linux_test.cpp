#include <doctest/doctest.h>

#include "collectors/inventory.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using collectors::collect_inventory_linux;

namespace {
// proc(5): /proc/meminfo in kB, /proc/cpuinfo "model name" on x86.
FakeHost pc() {
  FakeHost host;
  host.file("/proc/meminfo", "MemTotal:       16318416 kB\nMemFree:          524288 kB\n");
  host.file("/proc/cpuinfo", "processor\t: 0\nmodel name\t: Intel(R) Core(TM) i5-1145G7\nprocessor\t: 1\nmodel name\t: other\n");
  return host;
}
}  // namespace

TEST_CASE("the kind of PC: maker and model where the firmware says, processor and memory") {
  auto host = pc();
  host.file("/sys/class/dmi/id/sys_vendor", "Example Corp.\n").file("/sys/class/dmi/id/product_name", "To Be Filled By O.E.M.\n");
  const auto hardware = collect_inventory_linux(host).hardware;
  REQUIRE(hardware);
  CHECK(hardware->vendor == "Example Corp.");
  CHECK(hardware->model.empty());
  CHECK(hardware->processor == "Intel(R) Core(TM) i5-1145G7");
  CHECK(hardware->memory_mib == 15935);
  CHECK(collect_inventory_linux(pc()).hardware->vendor.empty());
}

TEST_CASE("hardware nobody could read is absent") {
  FakeHost nothing;
  CHECK_FALSE(collect_inventory_linux(nothing).hardware);
  auto host = pc();
  host.unreadable("/sys/class/dmi/id/sys_vendor", platform::ErrorKind::denied);
  CHECK(collect_inventory_linux(host).hardware.absent == platform::ErrorKind::denied);
}

}  // namespace gokajo::tests
