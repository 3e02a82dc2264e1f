#include "collectors/pacman_restart.h"

#include <doctest/doctest.h>

#include "collectors/parse/pacman.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;
using collectors::arch_kernel_flavour;

namespace {

constexpr const char* kRelease = "6.12.1-arch1-1";

FakeHost& owns(FakeHost& host, const std::string& release, const std::string& package) {
  const std::string path = "/usr/lib/modules/" + release + "/pkgbase";
  if (package.empty())  // as pacman 6.0.2 says it, also where the file is not there
    host.prints("pacman", {"-Qqo", path}, "", 1, "error: No package owns " + path + "\n");
  else
    host.file(path, package + "\n").prints("pacman", {"-Qqo", path}, package + "\n");
  return host;
}

RestartState state(const FakeHost& host) {
  System system;
  system.kernel_release = kRelease;
  const auto restart = collectors::collect_pacman_restart(host, fact(system, "uname", host.now));
  REQUIRE(restart);
  CHECK(restart->marked == Tristate::unknown);
  return *restart;
}

}  // namespace

// Releases as Arch's packages linux, linux-lts, linux-zen and linux-hardened name them.
TEST_CASE("the flavour of Arch's kernels is what stays from version to version") {
  CHECK(arch_kernel_flavour("6.12.1-arch1-1") == arch_kernel_flavour("6.13-arch2-1"));
  CHECK(arch_kernel_flavour("6.6.63-1-lts") == arch_kernel_flavour("6.12.10-2-lts"));
  CHECK(arch_kernel_flavour("6.12.1-zen1-1-zen") != arch_kernel_flavour("6.12.1-arch1-1"));
  CHECK(arch_kernel_flavour("6.12.1-hardened1-1-hardened") != arch_kernel_flavour("6.12.1-arch1-1"));
  CHECK(arch_kernel_flavour("") == "");
}

TEST_CASE("the package of the running kernel is there: no restart waits for it, whatever other kernels there are") {
  FakeHost host;
  host.directory("/usr/lib/modules", {kRelease, "6.18.2-1-lts"});
  owns(host, kRelease, "linux");
  owns(host, "6.18.2-1-lts", "linux-lts");
  CHECK(state(host).newer_kernel == Tristate::no);
  CHECK(state(host).waiting.empty());
}

TEST_CASE("the modules of the running kernel are gone and those of the next are there") {
  FakeHost host;
  host.directory("/usr/lib/modules", {"6.12.3-arch1-1", "6.11.0-arch1-1", "6.18.2-1-lts"});
  owns(host, "6.12.3-arch1-1", "linux");
  owns(host, "6.11.0-arch1-1", "");  // left behind by modules built here
  owns(host, "6.18.2-1-lts", "linux-lts");
  const auto waiting = state(host);
  CHECK(waiting.newer_kernel == Tristate::yes);
  CHECK(waiting.waiting == std::vector<std::string>{"linux 6.12.3-arch1-1"});
  CHECK(waiting.since == host.now);
}

TEST_CASE("modules kept until the next start belong to no package any more") {
  FakeHost host;
  host.directory("/usr/lib/modules", {kRelease, "6.12.3-arch1-1"});
  owns(host, kRelease, "");
  owns(host, "6.12.3-arch1-1", "linux");
  CHECK(state(host).newer_kernel == Tristate::yes);
}

TEST_CASE("a kernel from elsewhere, and a pacman that does not answer, prove nothing") {
  FakeHost host;
  CHECK(state(host).newer_kernel == Tristate::unknown);  // no folder of modules at all
  host.directory("/usr/lib/modules", {"6.18.2-1-lts"});
  owns(host, "6.18.2-1-lts", "linux-lts");
  CHECK(state(host).newer_kernel == Tristate::unknown);
  host.directory("/usr/lib/modules", {kRelease, "6.12.3-arch1-1"});
  owns(host, "6.12.3-arch1-1", "linux");
  const std::vector<std::string> question = {"-Qqo", std::string("/usr/lib/modules/") + kRelease + "/pkgbase"};
  host.fails("pacman", question, platform::ErrorKind::timed_out);
  CHECK(state(host).newer_kernel == Tristate::unknown);
  host.prints("pacman", question, "", 1, "error: failed to initialize alpm library\n");
  CHECK(state(host).newer_kernel == Tristate::unknown);
  host.answers(platform::ListDirectory{.path = "/usr/lib/modules"}, platform::Error{platform::ErrorKind::denied, ""});
  CHECK(collectors::collect_pacman_restart(host, fact(System{}, "uname", host.now)).absent == platform::ErrorKind::denied);
  CHECK_FALSE(collectors::collect_pacman_restart(host, {}));
}

TEST_CASE("when pacman put a package on stands in its desc") {
  CHECK(collectors::parse::pacman_install_date(test_data("pacman/local-desc.txt")) == Time{std::chrono::seconds{1795649262}});
  for (const char* odd :
       {"", "%INSTALLDATE%", "%INSTALLDATE%\n", "%INSTALLDATE%\nyesterday\n", "%INSTALLDATE%\n0\n", "%BUILDDATE%\n1700000000\n"})
    CHECK_FALSE(collectors::parse::pacman_install_date(odd));
}

}  // namespace gokajo::tests
