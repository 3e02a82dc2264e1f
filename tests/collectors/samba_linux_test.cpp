#include <filesystem>

#include <doctest/doctest.h>

#include "collectors/parse/samba_config.h"
#include "collectors/samba.h"
#include "platform/json_form.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace platform;
using compliance::Access, compliance::Reach;

namespace {

const char* const kFolder = "/var/lib/samba/usershares";

FileStatus directory_status(std::int64_t mode, std::int64_t uid, std::int64_t gid) {
  FileStatus status;
  status.type = FileType::directory;
  status.mode = mode;
  status.uid = uid;
  status.gid = gid;
  return status;
}

FakeHost base_host() {
  FakeHost host;
  host.file("/usr/sbin/smbd", "")
      .file("/etc/passwd",
            "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"
            "yamada:x:1000:1000::/home/yamada:/bin/bash\n");
  return host.file("/etc/group", "root:x:0:\nnogroup:x:65534:\nyamada:x:1000:\n");
}

FakeHost& prints_testparm(FakeHost& host, const std::string& printed) {
  const auto reduced = find_reducer("samba_config")(printed);
  REQUIRE(reduced);
  return host.answers(RunHelper{.helper = "testparm", .arguments = {"-sv"}, .reducer = "samba_config"},
                      Reply{HelperOutput{0, {*reduced}, {}}});
}

// The PC of one recorded case: what testparm printed, the usershares and the modes of the folders.
FakeHost recorded(const std::filesystem::path& folder) {
  const auto name = "samba/" + folder.filename().string() + "/";
  auto host = base_host();
  prints_testparm(host, test_data(name + "testparm.txt"));
  const auto paths = parse_json(test_data(name + "paths.json"), 1 << 20);
  REQUIRE(paths);
  for (const auto& [path, status] : paths->items())
    host.answers(StatFile{.path = path},
                 Reply{FileStatusReply{directory_status(std::stoi(status["mode"].get<std::string>().substr(2), nullptr, 8),
                                                        status["uid"].get<std::int64_t>(), status["gid"].get<std::int64_t>())}});
  std::vector<std::string> names;
  for (const char* share : {"us-deny", "us-full", "us-no-guest", "us-not-owner", "us-people", "us-read"}) {
    if (!std::filesystem::exists(folder / "usershares" / share)) continue;
    names.emplace_back(share);
    FileStatus owner = directory_status(0644, 1000, 1000);
    owner.type = FileType::regular;
    host.answers(ReadFile{.path = std::string(kFolder) + "/" + share},
                 Reply{FileContents{{test_data(name + "usershares/" + share)}, owner}});
  }
  return host.directory(kFolder, names);
}

}  // namespace

TEST_CASE("every share of sixteen recorded Samba servers opens to strangers exactly as a real anonymous smbclient found") {
  int asked = 0;
  for (const auto& folder : std::filesystem::directory_iterator(std::string(GOKAJO_SOURCE_DIR) + "/tests/data/samba")) {
    if (!folder.is_directory()) continue;
    CAPTURE(folder.path().filename().string());
    const auto host = recorded(folder.path());
    const auto samba = collectors::collect_samba_linux(host);
    REQUIRE_MESSAGE(samba, samba.detail);
    const auto observed = parse_json(test_data("samba/" + folder.path().filename().string() + "/observed.json"), 1 << 20);
    REQUIRE(observed);
    for (const auto& [name, access] : observed->items()) {
      CAPTURE(name);
      ++asked;
      Access said = Access::none;
      for (const auto& share : samba->shares)
        if (share.name == name) said = share.strangers;
      CHECK(to_form(said) == access);
    }
  }
  CHECK(asked > 70);
}

TEST_CASE("shares say who has to have an account and which protocols the server speaks") {
  const auto host = recorded(std::string(GOKAJO_SOURCE_DIR) + "/tests/data/samba/people");
  const auto samba = collectors::collect_samba_linux(host);
  REQUIRE(samba);
  CHECK(samba->server_min_protocol == "SMB2_02");
  CHECK(samba->shares[0].name == "valid-user");
  CHECK_FALSE(samba->shares[0].everyone);
  CHECK(samba->shares[3].everyone);
  CHECK(samba->shares[3].path == "/srv/invalid-guest");
}

TEST_CASE("the reducer for testparm keeps no setting that could tell a secret") {
  const auto reduced = find_reducer("samba_config")(
      "[global]\n\tldap admin dn = cn=admin,dc=x\n\tpassdb backend = ldapsam\n\tguest ok = Yes\n[a]\n\tpreexec = /x secret\n");
  REQUIRE(reduced);
  CHECK(*reduced == "[global]\nguest ok = Yes\n[a]\n");
}

TEST_CASE("Samba that cannot be read is absent with its reason, never without shares") {
  auto host = base_host();
  SUBCASE("no smbd") { CHECK(collectors::collect_samba_linux(FakeHost{}).absent == ErrorKind::not_found); }
  SUBCASE("testparm cannot open the registry") {
    host.answers(RunHelper{.helper = "testparm", .arguments = {"-sv"}, .reducer = "samba_config"},
                 Reply{HelperOutput{1, {""}, {"Failed to initialize the registry"}}});
    CHECK(collectors::collect_samba_linux(host).absent == ErrorKind::failed);
  }
  SUBCASE("testparm is slow") {
    host.answers(RunHelper{.helper = "testparm", .arguments = {"-sv"}, .reducer = "samba_config"}, Error{ErrorKind::timed_out, ""});
    CHECK(collectors::collect_samba_linux(host).absent == ErrorKind::timed_out);
  }
  SUBCASE("testparm printed something else") {
    prints_testparm(host, "path = /srv\n");
    CHECK(collectors::collect_samba_linux(host).absent == ErrorKind::malformed);
  }
  SUBCASE("the folder of usershares cannot be looked into") {
    prints_testparm(host, "[global]\nusershare path = /var/lib/samba/usershares\nusershare max shares = 100\n");
    host.answers(StatFile{.path = kFolder}, Reply{FileStatusReply{directory_status(01770, 0, 0)}});
    host.answers(ListDirectory{.path = kFolder}, Error{ErrorKind::denied, ""});
    CHECK(collectors::collect_samba_linux(host).absent == ErrorKind::denied);
  }
}

TEST_CASE("usershare files that smbd would not take are refused") {
  CHECK_FALSE(collectors::parse::parse_usershare(""));
  CHECK_FALSE(collectors::parse::parse_usershare("#VERSION 3\npath=/srv\n"));
  CHECK_FALSE(collectors::parse::parse_usershare("#VERSION 2\npath=srv\n"));
  CHECK_FALSE(collectors::parse::parse_usershare("#VERSION 2\npath=/srv\n" + std::string(20000, 'x')));
}

}  // namespace gokajo::tests
