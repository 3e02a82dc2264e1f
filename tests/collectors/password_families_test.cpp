#include <doctest/doctest.h>

#include "collectors/device.h"
#include "collectors/passwords.h"
#include "platform/json_form.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

namespace {

FakeHost host_of(const std::string& name) {
  const auto recorded = platform::parse_json(test_data("passwords/families/" + name + ".json"), 1 << 20);
  REQUIRE(recorded);
  FakeHost host;
  for (const auto& [path, text] : recorded->at("files").items()) {
    const auto whole = text.get<std::string>();
    path.find("/pam.d/") == std::string::npos ? host.file(path, whole)
                                              : host.file(path, *platform::find_reducer("pam_stack")(whole), "pam_stack");
  }
  return host;
}

}  // namespace

// Fedora: pam_pwquality's 8, pwquality.conf(5). Arch: upstream's pam_unix has no minimum, pam_unix(8). openSUSE Leap: pam_cracklib(8),
// minlen 9 with credits of 1 and cracklib's own 6. Ubuntu's desktop: pam_pwquality's 8. Locking: faillock.conf(5), deny 3 where the module
// stands.
TEST_CASE("each family's own stacks give its documented rule for new passwords and its lock") {
  struct Row {
    const char* family;
    std::int64_t shortest;
    bool set;
    std::optional<std::int64_t> attempts;
  };
  const Row rows[] = {
      {"fedora", 8, true, 3}, {"arch", 1, false, 3}, {"suse", 6, true, std::nullopt}, {"ubuntu-desktop", 8, true, std::nullopt}};
  for (const auto& row : rows) {
    CAPTURE(row.family);
    const auto host = host_of(row.family);
    collectors::PamReader pam(host);
    const auto rules = collectors::collect_password_rules_linux(host, pam, collectors::collect_device_linux(host));
    REQUIRE_MESSAGE(rules, rules.detail);
    for (const auto& [service, rule] : *rules) {
      CAPTURE(service);
      CHECK(rule.shortest == row.shortest);
      CHECK(rule.set == row.set);
      CHECK(rule.unknown_modules.empty());
    }
    const auto lockouts = collectors::collect_lockouts_linux(host, pam);
    REQUIRE_MESSAGE(lockouts, lockouts.detail);
    for (const auto& [service, lockout] : *lockouts) CHECK(lockout.attempts == row.attempts);
  }
}

TEST_CASE("faillock's file, its line and deny=0 are read; a file we may not read is no fact") {
  auto host = host_of("fedora");
  host.file("/etc/security/faillock.conf", "# deny = 3\ndeny = 5\n");
  {
    collectors::PamReader pam(host);
    const auto lockouts = collectors::collect_lockouts_linux(host, pam);
    CHECK(lockouts->at("login").attempts == 5);
    CHECK(lockouts->at("login").origin == "/etc/security/faillock.conf:2");
  }
  host.file("/etc/security/faillock.conf", "deny = 0\n");
  collectors::PamReader none(host);
  CHECK_FALSE(collectors::collect_lockouts_linux(host, none)->at("login").attempts);
  host.unreadable("/etc/security/faillock.conf", platform::ErrorKind::denied);
  collectors::PamReader denied(host);
  CHECK(collectors::collect_lockouts_linux(host, denied).absent == platform::ErrorKind::denied);
}

TEST_CASE("an account is open where its field is blank and a stack admits that, or where a stack asks for nothing") {
  auto host = host_of("ubuntu-desktop");
  host.file("/etc/passwd",
            "root:x:0:0::/root:/bin/bash\nyamada:x:1000:1000::/home/yamada:/bin/bash\nsuzuki:x:1001:1001::/home/suzuki:/bin/"
            "bash\nfuku:x:999:999::/:/usr/sbin/nologin\n");
  host.file("/etc/group", "nopasswdlogin:x:115:yamada\n");
  host.file(
      "/etc/shadow",
      "root:locked-empty:19000:0:99999:7:::\nyamada:yescrypt:19000:0:99999:7:::\nsuzuki:empty:19000:0:99999:7:::\nfuku:empty:19000::::::\n",
      "shadow");
  const auto open = [](const FakeHost& pc) {
    collectors::PamReader pam(pc);
    return collectors::collect_open_accounts_linux(pc, pam);
  };
  REQUIRE(open(host));
  REQUIRE(open(host)->size() == 1);  // fuku has no shell
  CHECK(open(host)->at(0).name == "suzuki");
  CHECK(open(host)->at(0).certain);
  CHECK(open(host)->at(0).services == std::vector<std::string>{"login"});

  host.file("/etc/pam.d/lightdm",
            "auth requisite pam_nologin.so\nauth sufficient pam_succeed_if.so user ingroup nopasswdlogin\n@include common-auth\n",
            "pam_stack");
  REQUIRE(open(host)->size() == 2);
  CHECK(open(host)->at(0).name == "yamada");
  CHECK_FALSE(open(host)->at(0).blank);
  CHECK(open(host)->at(0).services == std::vector<std::string>{"lightdm"});

  host.file("/etc/pam.d/common-auth", "auth required pam_office.so\nauth required pam_unix.so nullok\n", "pam_stack")
      .file("/etc/group", "");
  REQUIRE(open(host)->size() == 1);
  CHECK_FALSE(open(host)->at(0).certain);  // only if a module we do not know agrees
  host.file("/etc/pam.d/common-auth", "auth required pam_unix.so\n", "pam_stack");
  CHECK(open(host)->empty());
  host.file("/etc/shadow", "suzuki:empty:19000:0:99999:7::10000:\n", "shadow")
      .file("/etc/pam.d/common-auth", "auth required pam_unix.so nullok\n", "pam_stack");
  CHECK(open(host)->empty());  // expired
  host.unreadable("/etc/shadow", platform::ErrorKind::denied, "shadow");
  CHECK(open(host).absent == platform::ErrorKind::denied);
}

TEST_CASE("accounts come from elsewhere only where something serves them") {
  FakeHost host;
  CHECK(collectors::collect_accounts_elsewhere_linux(host)->empty());
  host.file("/etc/nsswitch.conf", "passwd: files sss systemd\n");
  CHECK(collectors::collect_accounts_elsewhere_linux(host)->empty());  // Fedora names sss everywhere
  host.file(
      "/etc/sssd/sssd.conf",
      *platform::find_reducer("sssd")("[sssd]\ndomains = office\n[domain/office]\nid_provider = ad\nldap_default_authtok = himitsu\n"),
      "sssd");
  CHECK(*collectors::collect_accounts_elsewhere_linux(host) == std::vector<std::string>{"sssd: office"});
  CHECK(platform::find_reducer("sssd")("ldap_default_authtok = himitsu\n")->empty());
  host.unreadable("/etc/sssd/sssd.conf", platform::ErrorKind::denied, "sssd");
  CHECK(collectors::collect_accounts_elsewhere_linux(host).absent == platform::ErrorKind::denied);
  host.file("/etc/nsswitch.conf", "passwd: files winbind\n");
  CHECK(*collectors::collect_accounts_elsewhere_linux(host) == std::vector<std::string>{"winbind"});
}

TEST_CASE("a stack that includes itself, jumps too far or is hidden from us gives no wrong rule") {
  const auto device = [](FakeHost& host) {
    host.file("/etc/os-release", "ID=debian\n");
    return collectors::collect_device_linux(host);
  };
  FakeHost endless;
  endless.file("/etc/pam.d/passwd", "password include passwd\n", "pam_stack");
  collectors::PamReader first(endless);
  CHECK(collectors::collect_password_rules_linux(endless, first, device(endless)).absent == platform::ErrorKind::too_large);
  FakeHost jump;
  jump.file("/etc/pam.d/passwd", "password [success=7 default=ignore] pam_unix.so\n", "pam_stack");
  collectors::PamReader second(jump);
  CHECK_FALSE(collectors::collect_password_rules_linux(jump, second, device(jump))->at("passwd").shortest);
  FakeHost hidden;
  hidden.file("/etc/pam.d/passwd", "password include system-auth\n", "pam_stack")
      .unreadable("/etc/pam.d/system-auth", platform::ErrorKind::denied, "pam_stack");
  collectors::PamReader third(hidden);
  CHECK(collectors::collect_password_rules_linux(hidden, third, device(hidden)).absent == platform::ErrorKind::denied);
  FakeHost nothing;
  collectors::PamReader fourth(nothing);
  CHECK(collectors::collect_password_rules_linux(nothing, fourth, device(nothing)).absent == platform::ErrorKind::not_found);
}

TEST_CASE("arguments of modules that may hold a secret never leave the reducer") {
  const auto reduced = platform::find_reducer("pam_stack")(
      "auth required pam_mysql.so user=pam passwd=himitsu # yes\npassword \\\n required pam_unix.so [minlen=9]\n");
  REQUIRE(reduced);
  CHECK(*reduced == "auth required pam_mysql.so\npassword required pam_unix.so [minlen=9]\n\n");
}

}  // namespace gokajo::tests
