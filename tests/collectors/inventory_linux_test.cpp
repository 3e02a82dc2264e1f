#include <doctest/doctest.h>

#include "collectors/collect.h"
#include "collectors/device.h"
#include "collectors/installed_software.h"
#include "collectors/inventory.h"
#include "collectors/parse/rpm.h"
#include "collectors/software.h"
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

const std::vector<std::string> kDpkg = {"-W", "-f", R"(${Package}\t${Version}\t${db:Status-Status}\t${Maintainer}\n)"};
const std::vector<std::string> kRpm = {"-qa", "--qf", collectors::parse::kRpmFormat};
const std::vector<std::string> kSnap = {"list", "--color=never", "--unicode=never"};
const std::vector<std::string> kFlatpak = {"list", "--system", "--app", "--columns=application,version"};

compliance::Device device_of(FakeHost& host, const std::string& os_release) {
  host.file("/etc/os-release", os_release);
  return collectors::collect_device_linux(host);
}

using Software = compliance::Fact<std::vector<compliance::SoftwareEntry>>;

// "name version; ..." or why there is none.
std::string listed(const Software& software) {
  if (!software) return platform::to_form(software.absent).get<std::string>();
  std::string text;
  for (const auto& entry : *software) text += (text.empty() ? "" : "; ") + entry.name + " " + entry.version;
  return text;
}

// Counts what is really run.
class CountingHost : public platform::Host {
 public:
  explicit CountingHost(const platform::Host& inner) : inner_(inner) {}
  mutable std::map<std::string, int> runs;
  platform::Answer ask(const platform::Question& question) const override {
    if (const auto* run = std::get_if<platform::RunHelper>(&question)) ++runs[run->helper];
    return inner_.ask(question);
  }

 private:
  const platform::Host& inner_;
};
}  // namespace

TEST_CASE("the kind of PC: maker and model where the firmware says, processor and memory") {
  auto host = pc();
  host.file("/sys/class/dmi/id/sys_vendor", "Example Corp.\n").file("/sys/class/dmi/id/product_name", "To Be Filled By O.E.M.\n");
  const auto hardware = collect_inventory_linux(host, {}).hardware;
  REQUIRE(hardware);
  CHECK(hardware->vendor == "Example Corp.");
  CHECK(hardware->model.empty());
  CHECK(hardware->processor == "Intel(R) Core(TM) i5-1145G7");
  CHECK(hardware->memory_mib == 15935);
  CHECK(collect_inventory_linux(pc(), {}).hardware->vendor.empty());
}

TEST_CASE("hardware nobody could read is absent") {
  FakeHost nothing;
  CHECK_FALSE(collect_inventory_linux(nothing, {}).hardware);
  auto host = pc();
  host.unreadable("/sys/class/dmi/id/sys_vendor", platform::ErrorKind::denied);
  CHECK(collect_inventory_linux(host, {}).hardware.absent == platform::ErrorKind::denied);
}

// dpkg-query(1): a package whose configuration stays is "config-files"; libc6 stands there once for each architecture.
TEST_CASE("software of Debian: what is installed, sorted, each once, without maintainers") {
  FakeHost host;
  const auto device = device_of(host, "ID=debian\nVERSION_ID=\"12\"\n");
  host.prints("dpkg-query", kDpkg,
              "libc6\t2.36-9+deb12u10\tinstalled\tGNU Libc Maintainers <debian-glibc@lists.debian.org>\n"
              "libc6\t2.36-9+deb12u10\tinstalled\tGNU Libc Maintainers <debian-glibc@lists.debian.org>\n"
              "old-editor\t1.0\tconfig-files\tTaro <taro@example.com>\n"
              "bash\t5.2.15-2+b8\tinstalled\tMatthias Klose <doko@debian.org>\n");
  const auto inventory = collect_inventory_linux(host, device);
  CHECK(listed(inventory.apt) == "bash 5.2.15-2+b8; libc6 2.36-9+deb12u10");
  CHECK(listed(inventory.rpm) == "not_asked");
  CHECK(listed(inventory.pacman) == "not_asked");
  CHECK(listed(inventory.snap) == "not_found");
  CHECK(listed(inventory.flatpak) == "not_found");
}

// rpm keeps several kernels; gpg-pubkey entries are keys, no software.
TEST_CASE("software of the rpm families: every installed version, keys left out") {
  FakeHost host;
  const auto device = device_of(host, "ID=almalinux\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.4\"\n");
  host.prints("rpm", kRpm,
              "kernel-core\tx86_64\t5.14.0-427.el9\tAlmaLinux\t1700000000\nkernel-core\tx86_64\t5.14.0-362.el9\tAlmaLinux\t1690000000\n"
              "gpg-pubkey\t(none)\tced7258b-6525146f\t(none)\t1690000000\nbash\tx86_64\t5.1.8-9.el9\tAlmaLinux\t1690000000\n");
  const auto inventory = collect_inventory_linux(host, device);
  CHECK(listed(inventory.rpm) == "bash 5.1.8-9.el9; kernel-core 5.14.0-362.el9; kernel-core 5.14.0-427.el9");
  CHECK(listed(inventory.apt) == "not_asked");
}

// pacman(8): -Qn what the databases have, -Qm what came from elsewhere; without any of a kind it ends with 1 and says nothing.
TEST_CASE("software of Arch: of its databases and from elsewhere") {
  FakeHost host;
  const auto device = device_of(host, "ID=arch\n");
  host.prints("pacman", {"-Qn"}, "linux 6.17.8.arch1-1\nbash 5.3.3-2\n").prints("pacman", {"-Qm"}, "yay 12.5.2-1\n");
  CHECK(listed(collect_inventory_linux(host, device).pacman) == "bash 5.3.3-2; linux 6.17.8.arch1-1; yay 12.5.2-1");
  host.prints("pacman", {"-Qm"}, "", 1);
  CHECK(listed(collect_inventory_linux(host, device).pacman) == "bash 5.3.3-2; linux 6.17.8.arch1-1");
}

TEST_CASE("software of snap and flatpak, with an application that names no version") {
  FakeHost host;
  const auto device = device_of(host, "ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"24.04\"\n");
  host.prints("snap", kSnap,
              "Name    Version   Rev   Tracking       Publisher   Notes\n"
              "firefox 145.0.1-1 7298  latest/stable  mozilla**   -\n"
              "core22  20251009  2163  latest/stable  canonical** base\n");
  host.prints("flatpak", kFlatpak, "org.gimp.GIMP\t3.0.6\ncom.example.NoVersion\t\n");
  const auto inventory = collect_inventory_linux(host, device);
  CHECK(listed(inventory.snap) == "core22 20251009; firefox 145.0.1-1");
  CHECK(listed(inventory.flatpak) == "com.example.NoVersion ; org.gimp.GIMP 3.0.6");
  CHECK(listed(inventory.apt) == "not_found");  // no dpkg-query answered
  host.prints("snap", kSnap, "").prints("flatpak", kFlatpak, "");
  CHECK(listed(collect_inventory_linux(host, device).snap).empty());
  CHECK(listed(collect_inventory_linux(host, device).flatpak).empty());
}

TEST_CASE("software that could not be listed is absent with the reason, one source apart from the others") {
  FakeHost host;
  const auto device = device_of(host, "ID=debian\nVERSION_ID=\"12\"\n");
  host.fails("dpkg-query", kDpkg, platform::ErrorKind::timed_out);
  host.prints("snap", kSnap, "", 1, "error: cannot communicate with server").prints("flatpak", kFlatpak, "org.gimp.GIMP\t3.0.6\n");
  auto inventory = collect_inventory_linux(host, device);
  CHECK(listed(inventory.apt) == "timed_out");
  CHECK(listed(inventory.snap) == "failed");
  CHECK(listed(inventory.flatpak) == "org.gimp.GIMP 3.0.6");
  host.prints("dpkg-query", kDpkg, "bash\t5.2\tinstalled\tDebian\none column\n").prints("snap", kSnap, "\x01 garbage\n");
  inventory = collect_inventory_linux(host, device);
  CHECK(listed(inventory.apt) == "malformed");
  CHECK(listed(inventory.snap) == "malformed");
}

TEST_CASE("a list of software above the limit is too large, and at the limit whole") {
  FakeHost host;
  const auto device = device_of(host, "ID=debian\nVERSION_ID=\"12\"\n");
  std::string packages;
  for (std::size_t i = 0; i < compliance::kMaxSoftware; ++i) packages += "package-" + std::to_string(i) + "\t1.0\tinstalled\tDebian\n";
  host.prints("dpkg-query", kDpkg, packages + packages);
  const auto full = collect_inventory_linux(host, device).apt;
  REQUIRE(full);
  CHECK(full->size() == compliance::kMaxSoftware);
  host.prints("dpkg-query", kDpkg, packages + "one-more\t1.0\tinstalled\tDebian\n");
  CHECK(listed(collect_inventory_linux(host, device).apt) == "too_large");
  host.prints("dpkg-query", kDpkg, packages + packages + packages);
  CHECK(listed(collect_inventory_linux(host, device).apt) == "too_large");
}

TEST_CASE("support dates and the inventory ask the same: nothing is run twice in one scan") {
  FakeHost fake;
  const auto device = device_of(fake, "ID=debian\nVERSION_ID=\"12\"\n");
  fake.prints("dpkg-query", kDpkg, "bash\t5.2\tinstalled\tDebian\n").prints("flatpak", kFlatpak, "");
  const CountingHost counting(fake);
  const platform::RecordingHost once(counting);
  REQUIRE(collectors::collect_software_linux(once, device));
  REQUIRE(collect_inventory_linux(once, device).apt);
  CHECK(counting.runs.at("dpkg-query") == 1);
  CHECK(counting.runs.at("flatpak") == 1);
  CHECK(counting.runs.at("snap") == 1);
}

TEST_CASE("an inventory left out asks nothing of its own and says by whose wish") {
  auto host = pc();
  host.file("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
  host.prints("dpkg-query", kDpkg, "bash\t5.2\tinstalled\tDebian\n");
  const auto with = collectors::collect(host, {.inventory = true}), without = collectors::collect(host, {.inventory = false});
  CHECK(with.inventory.hardware);
  CHECK(listed(with.inventory.apt) == "bash 5.2");
  const auto json = compliance::write_evidence(without);
  for (const auto& [name, fact] : json["inventory"].items()) {
    CAPTURE(name);
    CHECK(fact["absent"] == "not_asked");
    CHECK(fact["detail"] == "switched off by the company's policy");
    CHECK_FALSE(fact.contains("value"));
  }
  CHECK(json["inventory"].size() == 7);
  CHECK(without.updates.software);  // what a check needs is not part of it
  CHECK(json.dump().find("bash") == std::string::npos);
}

TEST_CASE("the lists of all software are known as such, and only they") {
  using collectors::lists_installed_software;
  CHECK(lists_installed_software(
      platform::RunHelper{.helper = "dpkg-query", .arguments = kDpkg, .unchanged_while = {"/var/lib/dpkg/status"}}));
  CHECK(lists_installed_software(platform::RunHelper{.helper = "rpm", .arguments = kRpm}));
  CHECK_FALSE(lists_installed_software(platform::RunHelper{.helper = "dpkg-query", .arguments = {"-W", "linux-image-*"}}));
  CHECK_FALSE(lists_installed_software(platform::ReadFile{.path = "/etc/os-release"}));
}

}  // namespace gokajo::tests
