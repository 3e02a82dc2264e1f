#include "hub/token_buckets.h"

#include <doctest/doctest.h>

#include "hub/secrets.h"
#include "protocol/enrolment.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace std::chrono_literals;
using hub::TokenBuckets;

TEST_CASE("a bucket gives its burst, then its rate, each key its own") {
  TokenBuckets buckets(2, 3, 10);
  for (int i = 0; i < 3; ++i) CHECK(buckets.take("a", 0ms));
  CHECK_FALSE(buckets.take("a", 0ms));
  CHECK(buckets.take("b", 0ms));
  CHECK_FALSE(buckets.take("a", 499ms));
  CHECK(buckets.take("a", 500ms));
  CHECK_FALSE(buckets.take("a", 400ms));  // a clock that went back gives nothing
  for (int i = 0; i < 3; ++i) CHECK(buckets.take("a", 1h));
  CHECK_FALSE(buckets.take("a", 1h));
}

TEST_CASE("however many keys come, few are remembered, and who is over his rate is not forgotten for it") {
  TokenBuckets buckets(0.001, 2, 100);
  CHECK(buckets.take("abuser", 0ms));
  CHECK(buckets.take("abuser", 0ms));
  for (int i = 0; i < 10000; ++i) buckets.take(std::to_string(i), 1ms);
  CHECK(buckets.keys() <= 101);
  CHECK_FALSE(buckets.take("abuser", 2ms));
}

TEST_CASE("codes are of their characters, each other than the last, and known by a hash that needs the pepper") {
  std::string last;
  for (int i = 0; i < 100; ++i) {
    const auto code = hub::random_code();
    CHECK(*protocol::read_code(code) == code);
    CHECK(code != last);
    last = code;
  }
  const TemporaryDirectory directory;
  const auto path = directory.path() + "/pepper";
  const auto pepper = hub::load_pepper(path);
  REQUIRE(pepper);
  CHECK(hub::load_pepper(path)->code("K7WMP2QX") == pepper->code("K7WMP2QX"));
  CHECK(hub::load_pepper(directory.path() + "/other")->code("K7WMP2QX") != pepper->code("K7WMP2QX"));
  CHECK(pepper->code("K7WMP2QX") != pepper->hash("sign-in", "K7WMP2QX"));
  // printf 'what do ya want for nothing?/' | openssl mac -digest SHA256 -macopt key:Jefe HMAC
  CHECK(hub::Pepper("Jefe").hash("what do ya want for nothing?", "") == "80ff74e64bd4b19440f86e8692324a5a464f6eccf736ae24feed6054d9a51d69");
}

}  // namespace gokajo::tests
