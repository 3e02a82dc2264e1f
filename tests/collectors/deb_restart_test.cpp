#include "collectors/deb_restart.h"

#include <doctest/doctest.h>

#include "tests/support/fake_host.h"

namespace gokajo::tests {

using collectors::kernel_flavour;
using compliance::Tristate;

namespace {

const std::vector<std::string> kQuery = {"-W", "-f", "${Package}\\t${Version}\\t${db:Status-Status}\\n", "linux-image-*"};

compliance::RestartState state(FakeHost& host, const std::string& release, const std::string& version = "#1 SMP") {
  compliance::System system;
  system.kernel_release = release;
  system.kernel_version = version;
  const auto restart = collectors::collect_deb_restart(host, compliance::fact(system, "system", host.now));
  REQUIRE(restart);
  return *restart;
}

}  // namespace

// Releases as Debian 12 and Ubuntu 24.04 name them (packages linux-image-*, packages.debian.org, packages.ubuntu.com).
TEST_CASE("the flavour of a kernel is what follows version and ABI") {
  CHECK(kernel_flavour("6.1.0-28-amd64") == "amd64");
  CHECK(kernel_flavour("6.1.0-0.deb11.13-cloud-amd64") == "cloud-amd64");
  CHECK(kernel_flavour("6.8.0-45-generic") == "generic");
  CHECK(kernel_flavour("6.18.44-own-v669") == "own-v669");
  CHECK(kernel_flavour("6.12.1") == "");
  CHECK(collectors::debian_version_of_kernel("#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)") == "6.1.119-1");
  CHECK(collectors::debian_version_of_kernel("#45-Ubuntu SMP PREEMPT_DYNAMIC Fri Aug 30 12:02:04 UTC 2024") == "");
}

TEST_CASE("only installed images of one release count as kernels") {
  const auto kernels = collectors::parse_installed_kernels(
      "linux-image-amd64\t6.1.119-1\tinstalled\nlinux-image-6.1.0-28-amd64\t6.1.119-1\tinstalled\nlinux-image-6.1.0-27-amd64\t6.1.115-"
      "1\tconfig-files\n"
      "linux-image-unsigned-6.8.0-45-generic\t6.8.0-45.45\tinstalled\nlinux-image-6.1-generic\t1\tinstalled\nlinux-image-6.1.0-28-amd64-"
      "dbg\t6.1.119-1\tinstalled\nbroken\n");
  REQUIRE(kernels.size() == 2);
  CHECK(kernels[1].release == "6.8.0-45-generic");
}

TEST_CASE("a newer kernel of the running flavour waits; an older one, another flavour and the same do not") {
  FakeHost host;
  const std::string running = "linux-image-6.8.0-45-generic\t6.8.0-45.45\tinstalled\n";
  host.prints("dpkg-query", kQuery,
              running + "linux-image-6.8.0-44-generic\t6.8.0-44.44\tinstalled\nlinux-image-6.8.0-50-lowlatency\t6.8.0-50.50\tinstalled\n");
  CHECK(state(host, "6.8.0-45-generic").newer_kernel == Tristate::no);
  host.prints("dpkg-query", kQuery, running + "linux-image-6.8.0-100-generic\t6.8.0-100.100\tinstalled\n");
  const auto newer = state(host, "6.8.0-45-generic");
  CHECK(newer.newer_kernel == Tristate::yes);
  CHECK(newer.waiting == std::vector<std::string>{"linux-image-6.8.0-100-generic 6.8.0-100.100"});
}

TEST_CASE("a kernel package that kept its name while its version moved waits too") {
  FakeHost host;
  host.prints("dpkg-query", kQuery, "linux-image-6.1.0-28-amd64\t6.1.123-1\tinstalled\n");
  CHECK(state(host, "6.1.0-28-amd64", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)").newer_kernel == Tristate::yes);
  CHECK(state(host, "6.1.0-28-amd64", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.123-1 (2025-01-02)").newer_kernel == Tristate::no);
}

TEST_CASE("a kernel from elsewhere can be compared with nothing") {
  FakeHost host;
  host.prints("dpkg-query", kQuery, "linux-image-6.1.0-28-amd64\t6.1.123-1\tinstalled\n");
  CHECK(state(host, "6.18.44-own").newer_kernel == Tristate::unknown);
  host.prints("dpkg-query", kQuery, "", 1, "dpkg-query: no packages found matching linux-image-*\n");
  CHECK(state(host, "6.18.44-own").newer_kernel == Tristate::unknown);
}

TEST_CASE("the mark in /run is believed, its absence only where something makes it") {
  FakeHost host;
  CHECK(state(host, "1.2.3").marked == Tristate::unknown);
  host.file("/etc/kernel/postinst.d/unattended-upgrades", "");
  CHECK(state(host, "1.2.3").marked == Tristate::no);
  host.file("/run/reboot-required", "").file("/run/reboot-required.pkgs", "linux-base\nlinux-image-6.1.0-28-amd64\nlinux-base\n");
  const auto marked = state(host, "1.2.3");
  CHECK(marked.marked == Tristate::yes);
  CHECK(marked.waiting == std::vector<std::string>{"linux-base", "linux-image-6.1.0-28-amd64"});
  CHECK(marked.since == host.now);
  host.answers(platform::StatFile{.path = "/run/reboot-required"}, platform::Error{platform::ErrorKind::denied, ""});
  CHECK(state(host, "1.2.3").marked == Tristate::unknown);
}

TEST_CASE("without knowing the running kernel nothing is said of restarts") {
  FakeHost host;
  CHECK_FALSE(collectors::collect_deb_restart(host, {}));
}

}  // namespace gokajo::tests
