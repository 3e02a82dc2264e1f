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
  // Full-width characters where TOML 1.0 knows ASCII only; within quotes and comments they are welcome.
  CHECK(refusal("a = 1\nhost\u3000= \"x\"\n").starts_with("line 2: a full-width"));
  CHECK(refusal("# \u65e5\u672c\n\nhost = \u201cx\u201d\n").starts_with("line 3: a full-width"));
  CHECK(refusal("\u0394").starts_with("line 1: a full-width"));
  CHECK(refusal("a = \"\\\"\u0394\n\u0394").starts_with("line 2: "));
  CHECK(hub::toml_tree("a = \"\u65e5\\\"\u672c\" # \u65e5\nb = '\u65e5'\nc = \"\"\"\n\u65e5 \"\n\"\"\"\nd = 1\n"));
  CHECK(
      hub::toml_tree("\xef\xbb\xbf"
                     "a = 1\n"));
  const auto tree = hub::toml_tree("a = 1\n[mail]\nhost = \"x\"\n");
  REQUIRE(tree);
  CHECK((*tree)["mail"]["host"].value<std::string>() == "x");
}

}  // namespace gokajo::tests
