// Between machines a hub talks to a PostgreSQL that it knows to be the one (docs/operations.md): refused before anything is sent.
#include <doctest/doctest.h>

#include "hub/open_store.h"

namespace gokajo::tests {

using namespace hub;
using platform::ErrorKind;

TEST_CASE("a database on another machine is called by a verified certificate only") {
  const auto refusal = [](const std::string& address) {
    const auto opened = open_store(address);
    REQUIRE_FALSE(opened);
    return opened.error();
  };
  for (const char* open : {"postgres://hub@db1.invalid/gokajo", "postgres://hub@db1.invalid/gokajo?sslmode=require",
                           "postgres://hub@db1.invalid/gokajo?sslmode=verify-ca", "postgres://hub@localhost,db2.invalid/gokajo",
                           "postgres://hub@192.0.2.1/gokajo?sslmode=prefer", "postgres:///gokajo?host=db1.invalid",
                           "postgres:///gokajo?hostaddr=192.0.2.1&host=localhost"}) {
    CAPTURE(open);
    CHECK(refusal(open).kind == ErrorKind::denied);
    CHECK(refusal(open).detail.find("sslmode=verify-full") != std::string::npos);
  }
  // On this machine, and where it is verified, it goes on to find nobody there.
  for (const char* fine : {"postgres:///gokajo?host=/nowhere", "postgres://hub@127.0.0.1:1/gokajo", "postgres://hub@localhost:1/gokajo",
                           "postgres://hub@db1.invalid/gokajo?sslmode=verify-full"}) {
    CAPTURE(fine);
    CHECK(refusal(fine).kind == ErrorKind::failed);
  }
}

}  // namespace gokajo::tests
