#include "hub/body_hash.h"

#include <doctest/doctest.h>

#include "protocol/device_key.h"

namespace gokajo::tests {

TEST_CASE("a body's hash is the one its PC signed, whatever its length") {
  std::string body;
  for (int i = 0; i < 300; ++i) {
    CHECK(hub::body_sha256_hex(body) == protocol::sha256_hex(body));
    body += static_cast<char>(i * 7);
  }
  CHECK(hub::body_sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-4
}

}  // namespace gokajo::tests
