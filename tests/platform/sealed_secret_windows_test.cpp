#include <doctest/doctest.h>

#include "platform/json_form.h"
#include "platform/sealed_secret.h"

namespace gokajo::tests {

using namespace platform;

TEST_CASE("a secret is sealed so that its bytes do not lie in the file, and opens again") {
  const std::string secret("\x01 0123456789abcdef0123456789abcd\xFF", 32);
  const auto sealed = seal_secret(secret);
  REQUIRE(sealed);
  CHECK(sealed->find(secret) == std::string::npos);
  CHECK(sealed->find(base64_encode(secret).substr(0, 32)) == std::string::npos);
  CHECK(sealed->size() <= kMaxSealedBytes);
  const auto opened = open_secret(*sealed);
  REQUIRE(opened);
  CHECK(opened->secret == secret);
  CHECK(opened->sealed);
}

TEST_CASE("a secret that lay in the clear is told apart, and one that was changed does not open") {
  const std::string clear(32, 'k');
  const auto opened = open_secret(clear);
  REQUIRE(opened);
  CHECK(opened->secret == clear);
  CHECK_FALSE(opened->sealed);
  auto sealed = *seal_secret(clear);
  CHECK(open_secret(sealed + "x").error().kind == ErrorKind::malformed);
  CHECK(open_secret(sealed.substr(0, sealed.size() / 2)).error().kind == ErrorKind::malformed);
  auto& byte = sealed[sealed.size() - 20];
  byte = byte == 'A' ? 'B' : 'A';
  CHECK(open_secret(sealed).error().kind == ErrorKind::malformed);
  CHECK(seal_secret(std::string(2048, 'k')).error().kind == ErrorKind::too_large);
}

}  // namespace gokajo::tests
