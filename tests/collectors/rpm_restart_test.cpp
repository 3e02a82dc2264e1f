#include "collectors/rpm_restart.h"

#include <doctest/doctest.h>

#include "collectors/parse/lines.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

// A release as AlmaLinux 9 and Leap 15.6 name theirs (packages kernel-core, kernel-default).
constexpr const char* kRelease = "5.14.0-427.13.1.el9_4.x86_64";
constexpr std::int64_t kBooted = 1763000000;

std::vector<std::string> owner_question(const std::string& release) {
  return {"-qf",
          "--qf",
          collectors::parse::kRpmOwnerFormat,
          "/usr/lib/modules/" + release + "/vmlinuz",
          "/lib/modules/" + release + "/vmlinuz",
          "/boot/vmlinuz-" + release};
}

std::string row(const std::string& name, const std::string& evr, std::int64_t installed = 1700000000) {
  return name + "\tx86_64\t" + evr + "\tvendor\t" + std::to_string(installed) + "\n";
}

FakeHost pc(const std::string& packages, const std::string& owner = "kernel-core\t5.14.0-427.13.1.el9_4\n",
            const std::string& release = kRelease) {
  FakeHost host;
  host.prints("rpm", {"-qa", "--qf", collectors::parse::kRpmFormat}, row("bash", "5.1.8-9.el9") + packages);
  host.prints("rpm", owner_question(release), owner, 2, "error: file /boot/vmlinuz: No such file or directory\n");
  return host;
}

Device device(const std::string& release = kRelease, std::optional<std::int64_t> booted = kBooted) {
  Device found;
  System system;
  system.kernel_release = release;
  if (booted) system.booted = Time{std::chrono::seconds{*booted}};
  found.system = fact(system, "uname", Time{});
  return found;
}

RestartState dnf(const FakeHost& host, const Device& of = device(), bool five = false) {
  const auto restart = collectors::collect_dnf_restart(host, of, five);
  REQUIRE(restart);
  return *restart;
}

RestartState zypper(const FakeHost& host) {
  const auto restart = collectors::collect_zypper_restart(host, device());
  REQUIRE(restart);
  return *restart;
}

const std::string kRunning = row("kernel-core", "5.14.0-427.13.1.el9_4");

}  // namespace

TEST_CASE("versions are ordered as rpm orders them") {
  for (const char* file : {"rpm/vercmp.tsv", "rpm/evr.tsv"}) {
    const auto text = test_data(file);
    const auto rows = collectors::parse::lines(text);
    REQUIRE(rows.size() >= 5);
    for (const auto line : rows) {
      CAPTURE(line);
      const auto part = collectors::parse::fields(line, '\t');
      REQUIRE(part.size() == 3);
      CHECK(collectors::parse::compare_evr(part[0], part[1]) == std::stoi(std::string(part[2])));
      CHECK(collectors::parse::compare_evr(part[1], part[0]) == -std::stoi(std::string(part[2])));
    }
  }
  for (const char* odd : {"", "-", ":", "~", "^", "\xFF", ":::---"}) CHECK(collectors::parse::compare_evr(odd, odd) == 0);
}

TEST_CASE("rpm names the owner of a file, and what it says of others is no owner") {
  const auto owners = collectors::parse::rpm_owners(test_data("rpm/qf.txt"));
  REQUIRE(owners.size() == 1);
  CHECK(owners[0].name == "kernel-core");
  CHECK(owners[0].evr == "5.14.9-1");
  CHECK(collectors::parse::rpm_owners("file /x is not owned by any package\n\t\n\xFF\n").empty());
}

TEST_CASE("a newer kernel of the running flavour waits; an older one and another flavour do not") {
  CHECK(dnf(pc(kRunning + row("kernel-core", "5.14.0-362.8.1.el9_3") + row("kernel-rt-core", "5.14.0-503.el9_5"))).newer_kernel ==
        Tristate::no);
  const auto newer = dnf(pc(kRunning + row("kernel-core", "5.14.0-427.20.1.el9_4", 1762000000)));
  CHECK(newer.newer_kernel == Tristate::yes);
  CHECK(newer.waiting == std::vector<std::string>{"kernel-core 5.14.0-427.20.1.el9_4"});
  CHECK(newer.since == Time{std::chrono::seconds{1762000000}});
}

TEST_CASE("a kernel that no package owns can be compared with nothing") {
  CHECK(dnf(pc(kRunning, "file /usr/lib/modules/x/vmlinuz is not owned by any package\n")).newer_kernel == Tristate::unknown);
  CHECK(dnf(pc(kRunning, "kernel-core\t1-1\nkernel-mine\t1-1\n")).newer_kernel == Tristate::unknown);
  auto host = pc(kRunning);
  host.fails("rpm", owner_question(kRelease), platform::ErrorKind::timed_out);
  CHECK(dnf(host).newer_kernel == Tristate::unknown);
  for (const char* odd : {"", "../../etc", "-x", "6.1 x", "6/1"})
    CHECK(dnf(pc(kRunning, "kernel-core\t1-1\n", odd), device(odd)).newer_kernel == Tristate::unknown);
}

TEST_CASE("a core package that came after the start waits, any other and a kernel do not") {
  const auto glibc = dnf(pc(kRunning + row("glibc", "2.34-100.el9", kBooted + 5)));
  CHECK(glibc.marked == Tristate::yes);
  CHECK(glibc.waiting == std::vector<std::string>{"glibc 2.34-100.el9"});
  CHECK(glibc.since == Time{std::chrono::seconds{kBooted + 5}});
  CHECK(dnf(pc(kRunning + row("glibc", "2.34-100.el9", kBooted - 5))).marked == Tristate::no);
  CHECK(dnf(pc(kRunning + row("firefox", "140.0-1.el9", kBooted + 5))).marked == Tristate::no);
  CHECK(dnf(pc(kRunning + row("kernel-core", "5.14.0-362.8.1.el9_3", kBooted + 5))).marked == Tristate::no);
}

TEST_CASE("dnf 5 also asks advisories, so only a core package proves something there") {
  CHECK(dnf(pc(kRunning), device(), true).marked == Tristate::unknown);
  CHECK(dnf(pc(kRunning + row("openssl-libs", "3.2.2-1.fc41", kBooted + 5)), device(), true).marked == Tristate::yes);
  CHECK(dnf(pc(kRunning + row("openssl-libs", "3.2.2-6.el9", kBooted + 5))).marked == Tristate::no);
}

TEST_CASE("packages a person added count as core ones; where they cannot be read nothing is said") {
  auto host = pc(kRunning + row("samba", "4.20-1.el9", kBooted + 5));
  host.directory("/etc/dnf/plugins/needs-restarting.d", {"office.conf", "office.txt"});
  host.file("/etc/dnf/plugins/needs-restarting.d/office.conf", "samba\n");
  CHECK(dnf(host).marked == Tristate::yes);
  host.unreadable("/etc/dnf/plugins/needs-restarting.d/office.conf", platform::ErrorKind::denied);
  CHECK(dnf(host).marked == Tristate::unknown);
}

TEST_CASE("without the time of the start, the packages or the kernel nothing is said of them") {
  CHECK(dnf(pc(kRunning + row("glibc", "2.34-100.el9", kBooted + 5)), device(kRelease, std::nullopt)).marked == Tristate::unknown);
  FakeHost host;
  host.fails("rpm", {"-qa", "--qf", collectors::parse::kRpmFormat}, platform::ErrorKind::timed_out);
  CHECK(collectors::collect_dnf_restart(host, device(), false).absent == platform::ErrorKind::timed_out);
  CHECK_FALSE(collectors::collect_dnf_restart(pc(kRunning), Device{}, false));
  CHECK_FALSE(collectors::collect_zypper_restart(pc(kRunning), Device{}));
}

TEST_CASE("zypper: libzypp's mark is believed, and its absence too") {
  auto host = pc(kRunning);
  CHECK(zypper(host).marked == Tristate::no);
  CHECK(zypper(host).newer_kernel == Tristate::no);
  host.file("/run/reboot-needed", "");
  CHECK(zypper(host).marked == Tristate::yes);
  CHECK(zypper(host).since == host.now);
  host.answers(platform::StatFile{.path = "/run/reboot-needed"}, platform::Error{platform::ErrorKind::denied, ""});
  CHECK(zypper(host).marked == Tristate::unknown);
}

TEST_CASE("zypper: where the next start takes another snapshot, the running one proves nothing good") {
  auto host = pc(kRunning);
  host.file("/usr/sbin/transactional-update", "");
  CHECK(zypper(host).marked == Tristate::unknown);
  CHECK(zypper(host).newer_kernel == Tristate::unknown);
  host.file("/run/reboot-needed", "soft-reboot");
  CHECK(zypper(host).marked == Tristate::yes);
}

}  // namespace gokajo::tests
