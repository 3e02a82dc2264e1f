#include <doctest/doctest.h>

#include "collectors/device.h"
#include "collectors/support.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace collectors;

namespace {

compliance::Device device_of(FakeHost& host, const std::string& os_release) {
  host.file("/etc/os-release", os_release);
  return collect_device_linux(host);
}

}  // namespace

TEST_CASE("Ubuntu Pro: attachment and enabled services, and nothing of the account") {
  // Keys as `pro status --format json` documents them; the token and account stand for what must not pass.
  const std::string status = R"({"attached": true, "machine_token": "C1secret", "account": {"name": "tanaka@example.jp"},
    "services": [{"name": "esm-infra", "status": "enabled", "entitled": "yes"}, {"name": "livepatch", "status": "disabled"}]})";
  const auto reduced = platform::find_reducer("ubuntu_pro")(status);
  REQUIRE(reduced);
  CHECK(reduced->find("secret") == std::string::npos);
  CHECK(reduced->find("tanaka") == std::string::npos);
  FakeHost host;
  host.file("/var/lib/ubuntu-advantage/status.json", *reduced, "ubuntu_pro");
  const auto pro = collect_ubuntu_pro_linux(host, device_of(host, "ID=ubuntu\nVERSION_ID=\"20.04\"\n"));
  REQUIRE(pro);
  CHECK(pro->attached);
  CHECK(pro->enabled == std::vector<std::string>{"esm-infra"});
}

TEST_CASE("Ubuntu Pro: unreadable, missing and damaged stay apart") {
  CHECK_FALSE(platform::find_reducer("ubuntu_pro")("token: C1secret"));
  FakeHost host;
  const auto device = device_of(host, "ID=ubuntu\nVERSION_ID=\"20.04\"\n");
  CHECK(collect_ubuntu_pro_linux(host, device).absent == platform::ErrorKind::not_found);
  host.unreadable("/var/lib/ubuntu-advantage/status.json", platform::ErrorKind::denied, "ubuntu_pro");
  CHECK(collect_ubuntu_pro_linux(host, device).absent == platform::ErrorKind::denied);
  host.file("/var/lib/ubuntu-advantage/status.json", R"({"services": 3})", "ubuntu_pro");
  CHECK(collect_ubuntu_pro_linux(host, device).absent == platform::ErrorKind::malformed);
}

TEST_CASE("distro-info: the free end of Debian is its LTS, and Ubuntu's extensions stand apart") {
  const auto bookworm = parse_distro_info(test_data("distro-info/debian.csv"), "12");
  REQUIRE(bookworm);
  CHECK(bookworm->free == platform::parse_time("2028-06-30"));
  const auto focal = parse_distro_info(test_data("distro-info/ubuntu.csv"), "20.04");
  REQUIRE(focal);
  CHECK(focal->free == platform::parse_time("2025-05-29"));
  CHECK(focal->esm == platform::parse_time("2030-04-23"));
  CHECK_FALSE(parse_distro_info(test_data("distro-info/debian.csv"), ""));
  CHECK_FALSE(parse_distro_info("codename,eol\nx,2026-01-01\n", "12"));
}

TEST_CASE("ends said by the PC: the file's own date stands beside the day") {
  FakeHost host;
  host.file_from("/usr/share/distro-info/debian.csv", "distro-info/debian.csv");
  const auto ends = collect_ends_said_linux(host, device_of(host, "ID=debian\nVERSION_ID=\"12\"\n"));
  REQUIRE(ends);
  REQUIRE(ends->size() == 1);
  CHECK((*ends)[0].by == "/usr/share/distro-info/debian.csv");
  CHECK((*ends)[0].as_of == host.now);
  host.unreadable("/usr/share/distro-info/debian.csv", platform::ErrorKind::denied);
  CHECK_FALSE(collect_ends_said_linux(host, device_of(host, "ID=debian\nVERSION_ID=\"12\"\n")));
  const auto fedora = collect_ends_said_linux(host, device_of(host, "ID=fedora\nVERSION_ID=43\nSUPPORT_END=2026-12-02\n"));
  REQUIRE(fedora);
  CHECK((*fedora)[0].free == platform::parse_time("2026-12-02"));
}

TEST_CASE("a release of the RHEL family held at a minor is named with the file that holds it") {
  FakeHost host;
  const auto device = device_of(host, "ID=\"almalinux\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.4\"\n");
  auto pin = collect_release_pin_linux(host, device);
  REQUIRE(pin);
  CHECK(pin->pinned_to.empty());
  host.file("/etc/yum/vars/releasever", "9.4\n");
  pin = collect_release_pin_linux(host, device);
  REQUIRE(pin);
  CHECK(pin->pinned_to == "9.4");
  CHECK(pin->pinned_by == "/etc/yum/vars/releasever");
  host.unreadable("/etc/dnf/vars/releasever", platform::ErrorKind::denied);
  CHECK_FALSE(collect_release_pin_linux(host, device));
}

}  // namespace gokajo::tests
