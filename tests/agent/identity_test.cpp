#include "agent/identity.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "platform/durable_file.h"
#include "platform/json_form.h"
#include "platform/own_file.h"
#include "platform/sealed_secret.h"
#include "protocol/device_key.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using agent::Enrolment;
using platform::ErrorKind;

namespace {

namespace fs = std::filesystem;

Enrolment enrolment_for(const std::string& device) {
  Enrolment enrolment;
  enrolment.hub = "https://hub.example.jp:8443";
  enrolment.device = device;
  enrolment.epoch = 3;
  enrolment.company = "山田工務店";
  return enrolment;
}

}  // namespace

TEST_CASE("the key is made once, only its owner can read it, and others' rights on it are refused") {
  const TemporaryDirectory place;
  CHECK(agent::device_key(place.path()).error().kind == ErrorKind::not_found);
  const auto made = agent::device_key_made(place.path());
  REQUIRE(made);
  const auto again = agent::device_key_made(place.path());
  REQUIRE(again);
  CHECK(again->id() == made->id());
  const fs::path file = place.path() + "/device.key";
  CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  for (const auto loose : {fs::perms::group_read, fs::perms::others_read, fs::perms::group_write}) {
    fs::permissions(file, loose, fs::perm_options::add);
    CHECK(agent::device_key(place.path()).error().kind == ErrorKind::denied);
    CHECK_MESSAGE(!agent::device_key_made(place.path()), "a key that leaked is not replaced in silence");
    fs::permissions(file, loose, fs::perm_options::remove);
  }
  std::ofstream(file, std::ios::app) << "x";
  CHECK(agent::device_key(place.path()).error().kind == ErrorKind::malformed);
}

TEST_CASE("a key that was written in the clear by an earlier version stays the same device, and is sealed where this system can") {
  const TemporaryDirectory place;
  auto key = protocol::DeviceKey::make();
  const auto file = place.path() + "/device.key";
  REQUIRE(platform::write_file_durably(file, key.seed()));
  const auto read = agent::device_key(place.path());
  REQUIRE(read);
  CHECK(read->id() == key.id());
  const auto bytes = platform::read_secret_file(file, platform::kMaxSealedBytes);
  REQUIRE(bytes);
  const auto opened = platform::open_secret(*bytes);
  REQUIRE(opened);
  CHECK(opened->sealed);
  CHECK(opened->secret == key.seed());
}

TEST_CASE("an enrolment is read back as written; with an authority of its own only that one counts") {
  const TemporaryDirectory place;
  CHECK(agent::read_enrolment(place.path()).error().kind == ErrorKind::not_found);
  auto enrolment = enrolment_for(protocol::sha256_hex("a device"));
  REQUIRE(agent::write_enrolment(place.path(), enrolment, ""));
  const auto read = agent::read_enrolment(place.path());
  REQUIRE(read);
  CHECK(platform::to_form(*read) == platform::to_form(enrolment));
  CHECK(agent::connection_of(place.path(), *read)->ca_pem.empty());
  enrolment.own_ca = true;
  REQUIRE(agent::write_enrolment(place.path(), enrolment, "an authority"));
  CHECK(agent::connection_of(place.path(), enrolment)->ca_pem == "an authority");
  fs::remove(place.path() + "/hub-ca.pem");
  CHECK_MESSAGE(!agent::connection_of(place.path(), enrolment), "without it the PC's own authorities do not step in");
  REQUIRE(agent::forget_enrolment(place.path()));
  CHECK(agent::read_enrolment(place.path()).error().kind == ErrorKind::not_found);
}

TEST_CASE("a hub's address is https, a host and perhaps a port") {
  const std::pair<const char*, const char*> good[] = {{"hub.example.jp", "https://hub.example.jp"},
                                                      {"HTTPS://Hub.Example.JP/", "https://hub.example.jp"},
                                                      {"https://192.0.2.1:8443", "https://192.0.2.1:8443"},
                                                      {"https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443"}};
  for (const auto& [text, expected] : good) {
    CAPTURE(text);
    const auto address = agent::read_hub_address(text);
    REQUIRE(address);
    CHECK(*address == expected);
  }
  for (const char* bad : {"",
                          "http://hub.example.jp",
                          "ftp://hub",
                          "https://",
                          "https://user@hub",
                          "https://user:secret@hub",
                          "https://hub/path",
                          "https://hub?x",
                          "https://hub#x",
                          "https://hub:0",
                          "https://hub:65536",
                          "https://hub:",
                          "https://hub:8443x",
                          "https://-hub",
                          "https://.hub",
                          "https://hu b",
                          "https://hub\n",
                          "https://hub\\x",
                          "https://[::1",
                          "https://[]",
                          "https://ハブ.jp",
                          "file:///etc/passwd",
                          "https://hub%00.example.jp"}) {
    CAPTURE(bad);
    CHECK_FALSE(agent::read_hub_address(bad));
  }
}

TEST_CASE("a pin and a proxy are read in one form only") {
  CHECK(agent::read_pin("sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
  for (const std::string bad : {"", "sha256//", "sha1//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "sha256//47DEQpj8HBSa",
                                "/etc/hub.pem", "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;sha256//x"})
    CHECK_FALSE(agent::read_pin(bad));
  CHECK(agent::read_proxy("http://proxy.example.jp:3128"));
  CHECK(agent::read_proxy("socks5h://192.0.2.7:1080"));
  for (const std::string bad : {"", "proxy", "https://proxy:3128", "http://taro:secret@proxy:3128", "http://proxy/path"})
    CHECK_FALSE(agent::read_proxy(bad));
}

}  // namespace gokajo::tests
