#include "hub/strict_transport.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace hub;

TEST_CASE("strict_transport is one of three words above every table, and anything else is refused with its line") {
  CHECK_FALSE(read_strict_transport("public_url = \"https://hub.example.jp/\"\n")->has_value());
  for (const char* word : {"off", "host", "subdomains"})
    CHECK(**read_strict_transport(std::string("a = 1\nstrict_transport = \"") + word + "\"\n") == word);
  for (const char* wrong : {"true", "\"\"", "\"Host\"", "\"max-age=1\"", "31536000"}) {
    const auto read = read_strict_transport(std::string("a = 1\nstrict_transport = ") + wrong + "\n");
    REQUIRE_FALSE(read);
    CHECK(read.error().detail.starts_with("line 2: strict_transport: "));
  }
}

}  // namespace gokajo::tests
