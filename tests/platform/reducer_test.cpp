#include "platform/reducer.h"

#include <random>

#include <doctest/doctest.h>

#include "platform/credentials.h"

namespace gokajo::tests {

using namespace platform;

namespace {
std::string reduced(const char* name, std::string_view text) {
  const auto reduce = find_reducer(name);
  REQUIRE_MESSAGE(static_cast<bool>(reduce), name);
  const auto result = reduce(text);
  return result ? *result : "error";
}
}  // namespace

// Hashes of "test1234" by crypt(3) of Debian's libcrypt1 4.4.33, called from perl; forms after its crypt(5) and shadow(5) of passwd 4.13.
TEST_CASE("a shadow line keeps the kind of what stands there, its dates, and not one character of hash or salt") {
  struct Row {
    const char* line;
    const char* expected;
  };
  const Row rows[] = {
      {"a:$y$j9T$F5Jx5fExrKuPp53xLKQ..1$E5KnJ7Nu7HQmyFpnD4digsPfS862vqq7bOHXU.cs.10:19700:0:99999:7:::", "a:yescrypt:19700:0:99999:7:::\n"},
      {"a:$6$saltsalt$diqEm1MZaAfvmRGID6/fuBsSANgy545QfioEs29fE.nbIw4xah49Ul9WWGeLyGBddflSIa1rLrr6fcxv9xyYK0:19700:0:99999:7:::",
       "a:sha512:19700:0:99999:7:::\n"},
      {"a:$1$saltsalt$akvqX8myVPg6fUyGL5kSq.:::::::", "a:md5:::::::\n"},
      {"a:saVe/3GMAF02U:::::::", "a:des:::::::\n"},
      {"a::19700:0:99999:7:::", "a:empty:19700:0:99999:7:::\n"},
      {"a:!:19700::::::", "a:locked-empty:19700::::::\n"},
      {"a:*:19700::::::", "a:locked-empty:19700::::::\n"},
      {"a:!!:19700::::::", "a:locked-empty:19700::::::\n"},
      {"a:!$6$saltsalt$diqEm1MZaAfvmRGID6/fuBsSANgy545QfioEs29fE.nbIw4xah49Ul9WWGeLyGBddflSIa1rLrr6fcxv9xyYK0:19700::::::",
       "a:locked:sha512:19700::::::\n"},
      {"a:x:19700::::::", "a:unusable:19700::::::\n"},
      {"a:secret-in-plain:19700::::::", "a:unusable:19700::::::\n"},
      {"no colon but perhaps half a hash $6$salt$", ""},
      {"a:$6$s$h", "a:sha512\n"},
      {"a:$6$s$h:19700:tail with $6$ secret", "a:sha512:19700:6\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    CHECK(reduced("shadow", row.line) == row.expected);
  }
}

// JSON as cvtsudoers(1) of sudo 1.9.13 writes it (tests/data/sudoers/office.json).
TEST_CASE("sudo rules keep who may run everything as root, and no command line") {
  CHECK(
      reduced(
          "sudo_rules",
          R"({"User_Specs": [{"User_List": [{"username": "yamada"}, {"usergroup": "it", "negated": true}], "Host_List": [{"hostname": "ALL"}],
    "Cmnd_Specs": [{"Commands": [{"command": "/usr/bin/curl -u me:hunter2"}]}, {"Commands": [{"command": "ALL"}]}]}]})") ==
      R"([{"hosts":["ALL"],"users":["yamada","!%it"]}])");
  CHECK(reduced("sudo_rules", R"({"User_Specs": [{"User_List": [{"username": "a"}], "Host_List": [{"hostname": "ALL"}],
    "Cmnd_Specs": [{"Commands": [{"command": "/usr/bin/curl -u me:hunter2"}]}]}]})") == "[]");
  CHECK(reduced("sudo_rules", "{}") == "[]");
  CHECK(reduced("sudo_rules", "") == "");
  CHECK(reduced("sudo_rules", "[1") == "error");
}

TEST_CASE("a network connection keeps how it is protected, and neither name nor key of the network") {
  const auto out = reduced("network_connection",
                           "[connection]\nid=Office secret name\ntype=wifi\n\n[wifi]\nssid=Hidden "
                           "Name\nmode=infrastructure\n\n[wifi-security]\n key-mgmt = wpa-psk \npsk=correct horse\n"
                           "wep-key0=abcde\nleap-password=x\n[802-1x]\neap=peap;\nidentity=taro\npassword=hunter2\nprivate-key-password="
                           "p\n#psk=old\n;psk=older\npsk\n");
  CHECK(out == "[connection]\ntype=wifi\n[wifi]\nmode=infrastructure\n[wifi-security]\nkey-mgmt=wpa-psk\n[802-1x]\neap=peap;\n");
}

TEST_CASE("no canary that stands as a value of a secret key leaves a reducer, whatever the bytes around it") {
  std::mt19937_64 numbers(20261122);
  const std::string canary = "CANARYcanary0123456789";
  for (int run = 0; run < 5000; ++run) {
    std::string before, after;
    for (auto length = numbers() % 40; length > 0; --length) before += static_cast<char>(numbers());
    for (auto length = numbers() % 40; length > 0; --length) after += static_cast<char>(numbers());
    CAPTURE(run);
    std::replace(after.begin(), after.end(), ':', '.');
    CHECK(reduced("shadow", before + "\nuser:$6$salt$" + canary + after).find(canary) == std::string::npos);
    CHECK(reduced("network_connection", before + "\npsk=" + canary + after).find(canary) == std::string::npos);
  }
}

// sources.list(5): what stands behind "#" is a comment.
TEST_CASE("a comment in a list of apt's sources goes, wherever it stands in a line") {
  CHECK(reduced("apt_sources", "deb http://a.example/ stable main # planted\n") == "deb http://a.example/ stable main\n");
  CHECK(reduced("apt_sources", "deb http://a.example/ stable main\t# planted\n") == "deb http://a.example/ stable main\n");
  CHECK(reduced("apt_sources", "deb # planted http://a.example/\n") == "deb\n");
  CHECK(reduced("apt_sources", "URIs: http://a.example/ https://u:planted@b.example/\n") == "URIs: http://a.example/ https://b.example/\n");
}

// The first is what apt 2.6.1 prints for two entries of one archive with and without [trusted=yes].
TEST_CASE("no address in a program's message keeps its user and password") {
  struct Row {
    const char* text;
    const char* expected;
  };
  const Row rows[] = {
      {"E: Conflicting values set for option Trusted regarding source https://taro:secret@repo.example/debian/ stable\n",
       "E: Conflicting values set for option Trusted regarding source https://repo.example/debian/ stable\n"},
      {"http://taro:se@cret@proxy:3128", "http://proxy:3128"},
      {"a //u:p@h b //v:q@i/x@y", "a //h b //i/x@y"},
      {"//host/share owner@example", "//host/share owner@example"},
      {"\"http://u:p@h\"", "\"http://h\""},
      {"http://host\nmail taro@example", "http://host\nmail taro@example"},
      {"//", "//"},
      {"////u:p@h", "////h"},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(without_credentials(row.text) == row.expected);
  }
}

TEST_CASE("only listed files are read as they are, part by part, and never by way of a parent") {
  CHECK(may_read_verbatim("/etc/os-release"));
  CHECK_FALSE(may_read_verbatim("/etc/shadow"));
  CHECK_FALSE(may_read_verbatim("/etc/os-release/../shadow"));
  CHECK_FALSE(may_read_verbatim("/etc/os-release.d/x"));
  CHECK_FALSE(may_read_verbatim("etc/os-release"));
  CHECK_FALSE(may_read_verbatim(""));
  for (const char* secret : {"/etc/shadow",
                             "/etc/gshadow",
                             "/etc/apt/auth.conf",
                             "/etc/apt/auth.conf.d/90.conf",
                             "/etc/NetworkManager/system-connections/office.nmconnection",
                             "/etc/wpa_supplicant/wpa_supplicant.conf",
                             "/etc/samba/private/passdb.tdb",
                             "/var/lib/samba/private/secrets.tdb",
                             "/etc/ssh/ssh_host_ed25519_key",
                             "/root/.ssh/id_ed25519",
                             "/etc/environment",
                             "/etc/apt/apt.conf",
                             "/etc/krb5.keytab",
                             "/etc/ppp/chap-secrets",
                             "/etc/ppp/pap-secrets",
                             "/etc/fstab.credentials",
                             "/etc/cups/printers.conf",
                             "/etc/rsyncd.secrets",
                             "/etc/vsftpd.passwd",
                             "/proc/1/environ",
                             "/proc/1/cmdline"}) {
    CAPTURE(secret);
    CHECK_FALSE(may_read_verbatim(secret));
  }
}

}  // namespace gokajo::tests
