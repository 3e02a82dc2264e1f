#include "hub/certificates.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;

namespace {

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the hub's own certificate names what it was asked for, and its keys are its owner's alone") {
  const TemporaryDirectory directory;
  const auto place = directory.path() + "/tls";
  const auto files = own_certificate(place, {"hub.example.jp", "192.0.2.7", "2001:db8::7", "bad name,DNS:evil"}, at(0));
  REQUIRE_MESSAGE(files, (files ? "" : files.error().detail));
  const auto facts = read_certificate(text_of(files->certificate));
  REQUIRE(facts);
  CHECK(facts->names.size() == 3);
  CHECK(covers(facts->names, "HUB.example.jp"));
  CHECK(covers(facts->names, "192.0.2.7"));
  CHECK(covers(facts->names, "2001:db8:0::7"));
  CHECK_FALSE(covers(facts->names, "evil"));
  CHECK_FALSE(covers(facts->names, "192.0.2.8"));
  CHECK(covers({"*.example.jp"}, "a.example.jp"));
  CHECK_FALSE(covers({"*.example.jp"}, "a.b.example.jp"));
  CHECK_FALSE(covers({"*.example.jp"}, "example.jp"));
  CHECK(facts->pin.starts_with("sha256//"));
  CHECK(facts->pin.size() == 8 + 44);
  CHECK(facts->not_before < at(0));
  CHECK(facts->not_after > at(86400 * 300));
  for (const char* key : {"/ca.key", "/server.key"})
    CHECK(std::filesystem::status(place + key).permissions() == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("a certificate is kept while it is good, and made anew with the same key when it ends or lacks a name") {
  const TemporaryDirectory directory;
  const auto place = directory.path() + "/tls";
  const auto made = [&](const std::vector<std::string>& names, int day) {
    const auto files = own_certificate(place, names, at(86400 * day));
    REQUIRE(files);
    return text_of(files->certificate);
  };
  const auto first = made({"hub"}, 0);
  CHECK(made({"hub"}, 1) == first);
  const auto other = made({"hub", "hub2"}, 2);
  CHECK(other != first);
  CHECK(made({"hub"}, 3) == other);
  const auto renewed = made({"hub"}, 380);
  CHECK(renewed != other);
  CHECK(read_certificate(first)->pin == read_certificate(renewed)->pin);
  // The CA that PCs were given is the same.
  CHECK(first.substr(first.rfind("-----BEGIN")) == renewed.substr(renewed.rfind("-----BEGIN")));
  CHECK_FALSE(read_certificate("no certificate"));
}

}  // namespace gokajo::tests
