#include "hub/toml.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

// TOML 1.0, "Table": a header is one line. toml++ 3.3 ends the program at a bracket with nothing behind it (found by fuzzing).
TEST_CASE("a text that is no TOML is refused with its line, whatever the parser thinks of it") {
  const auto refusal = [](const char* text) {
    const auto tree = hub::toml_tree(text);
    REQUIRE_FALSE(tree);
    CHECK(tree.error().kind == platform::ErrorKind::malformed);
    return tree.error().detail;
  };
  CHECK(refusal("[\nprovider = \"x\"\n").starts_with("line 1: "));
  CHECK(refusal("a = 1\n\n[\n").starts_with("line 3: "));
  CHECK(refusal("a = 1\nb = \n").starts_with("line 2: "));
  CHECK(refusal("a = \"\xff\"\n").starts_with("line 1: "));
  const auto tree = hub::toml_tree("a = 1\n[mail]\nhost = \"x\"\n");
  REQUIRE(tree);
  CHECK((*tree)["mail"]["host"].value<std::string>() == "x");
}

}  // namespace gokajo::tests
