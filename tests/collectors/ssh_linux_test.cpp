#include <filesystem>

#include <doctest/doctest.h>

#include "collectors/parse/sshd_config.h"
#include "collectors/ssh.h"
#include "platform/json_form.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace platform;
using collectors::parse::accepts_password, collectors::parse::example_address;

namespace {

// The PC of the recorded cases: its accounts, its network 192.168.77.0/24, and what sshd -T -C printed there for each user and address.
FakeHost recorded(const std::filesystem::path& folder, Json& printed) {
  const auto name = "sshd/" + folder.filename().string() + "/";
  const auto reduce = find_reducer("sshd_matches");
  FakeHost host;
  host.file("/etc/passwd",
            "root:x:0:0:root:/root:/bin/bash\nyamada:x:1000:1000::/home/yamada:/bin/bash\nsuzuki:x:1001:1002::/home/suzuki:/bin/bash\n");
  host.file("/etc/group", "root:x:0:\nsudo:x:27:yamada\nyamada:x:1000:\nkanri:x:1001:yamada\nsuzuki:x:1002:\n");
  host.file("/etc/shadow", "root:sha512:1:0:9:7:::\nyamada:sha512:1:0:9:7:::\nsuzuki:locked-empty:1:0:9:7:::\n", "shadow");
  host.file("/proc/net/route",
            "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\neth0\t004DA8C0\t00000000\t0001\t0\t0\t0\t00F"
            "FFFFF\t0\t0\t0\n");
  host.file("/etc/ssh/sshd_config", *reduce(test_data(name + "sshd_config")), "sshd_matches");
  std::vector<std::string> names;
  if (std::filesystem::exists(folder / "sshd_config.d"))
    for (const auto& file : std::filesystem::directory_iterator(folder / "sshd_config.d")) {
      if (file.path().extension() != ".conf") continue;
      names.push_back(file.path().filename().string());
      host.file("/etc/ssh/sshd_config.d/" + names.back(), *reduce(test_data(name + "sshd_config.d/" + names.back())), "sshd_matches");
    }
  host.directory("/etc/ssh/sshd_config.d", names);
  printed = *parse_json(test_data(name + "printed.json"), 1 << 20);
  for (const auto& [key, text] : printed.items()) {
    const auto blank = key.find(' ');
    const auto user = key.substr(0, blank), address = key.substr(blank + 1);
    std::string lines = text.get<std::string>();
    std::replace(lines.begin(), lines.end(), ';', '\n');
    host.prints("sshd", {"-T", "-C", "user=" + user + ",host=" + address + ",addr=" + address}, lines);
  }
  return host;
}

struct Truth {
  bool root = false;
  bool empty = false;
};

// Over everything sshd printed, not over what the collector asked.
Truth truth_of(const Json& printed) {
  Truth truth;
  for (const auto& [key, text] : printed.items()) {
    std::string lines = text.get<std::string>();
    std::replace(lines.begin(), lines.end(), ';', '\n');
    const auto effective = collectors::parse::parse_sshd_effective(lines);
    if (!accepts_password(effective)) continue;
    truth.root = truth.root || (key.starts_with("root ") && effective.at("permitrootlogin") == "yes");
    truth.empty = truth.empty || effective.at("permitemptypasswords") == "yes";
  }
  return truth;
}

}  // namespace

TEST_CASE("26 recorded configurations: the visitors we ask sshd about find what any of 54 visitors would") {
  int configurations = 0;
  for (const auto& folder : std::filesystem::directory_iterator(std::string(GOKAJO_SOURCE_DIR) + "/tests/data/sshd")) {
    if (!folder.is_directory()) continue;
    CAPTURE(folder.path().filename().string());
    ++configurations;
    Json printed;
    const auto host = recorded(folder.path(), printed);
    const auto ssh = collectors::collect_ssh_linux(host);
    REQUIRE_MESSAGE(ssh, ssh.detail);
    const auto truth = truth_of(printed);
    Truth said;
    for (const auto& one : ssh->cases) {
      said.root = said.root || (one.user == "root" && one.password);
      said.empty = said.empty || one.empty_password;
    }
    CHECK(said.root == truth.root);
    CHECK(said.empty == truth.empty);
    CHECK(ssh->complete);
    CHECK(ssh->administrators == std::vector<std::string>{"root", "yamada"});
  }
  CHECK(configurations == 26);
}

TEST_CASE("AuthenticationMethods decides whether a password alone is enough") {
  CHECK(accepts_password({{"passwordauthentication", "yes"}}));
  CHECK(accepts_password({{"passwordauthentication", "yes"}, {"authenticationmethods", "publickey password"}}));
  CHECK_FALSE(accepts_password({{"passwordauthentication", "yes"}, {"authenticationmethods", "publickey,password"}}));
  CHECK_FALSE(accepts_password({{"kbdinteractiveauthentication", "yes"}, {"usepam", "no"}, {"passwordauthentication", "no"}}));
}

TEST_CASE("an address pattern gives an address it matches, or none") {
  CHECK(example_address("192.168.77.0/24") == "192.168.77.1");
  CHECK(example_address("10.9.*") == "10.9.0.1");
  CHECK(example_address("10.20.30.40") == "10.20.30.40");
  CHECK(example_address("fd00:77::/64") == "fd00:77::1");
  CHECK_FALSE(example_address("10.?.1.*"));
  CHECK_FALSE(example_address("office"));
}

TEST_CASE("a Match that cannot be turned into a visitor leaves the reading incomplete") {
  FakeHost host;
  host.file("/etc/ssh/sshd_config", "Match Host *.example.com\n", "sshd_matches");
  host.prints("sshd", {"-T", "-C", "user=root,host=203.0.113.7,addr=203.0.113.7"},
              "permitrootlogin no\npermitemptypasswords no\npasswordauthentication yes\n");
  host.file("/etc/shadow", "root:locked-empty:1:0:9:7:::\n", "shadow");
  const auto ssh = collectors::collect_ssh_linux(host);
  REQUIRE(ssh);
  CHECK_FALSE(ssh->complete);
  CHECK(ssh->administrators.empty());
}

TEST_CASE("sshd that cannot be asked is absent with its reason") {
  FakeHost host;
  const std::vector<std::string> question = {"-T", "-C", "user=root,host=203.0.113.7,addr=203.0.113.7"};
  host.file("/etc/shadow", "root:locked-empty:1:0:9:7:::\n", "shadow");
  SUBCASE("no sshd") { CHECK(collectors::collect_ssh_linux(host).absent == ErrorKind::not_found); }
  SUBCASE("not root") {
    CHECK(collectors::collect_ssh_linux(host.prints("sshd", question, "", 1, "sshd: no hostkeys available -- exiting.\n")).absent ==
          ErrorKind::denied);
  }
  SUBCASE("its configuration is broken") {
    CHECK(collectors::collect_ssh_linux(
              host.prints("sshd", question, "", 255, "/etc/ssh/sshd_config: line 3: Bad configuration option: Permit\n"))
              .absent == ErrorKind::failed);
  }
  SUBCASE("it printed something else") {
    CHECK(collectors::collect_ssh_linux(host.prints("sshd", question, "hello\n")).absent == ErrorKind::malformed);
  }
}

}  // namespace gokajo::tests
