#include "collectors/parse/pwquality.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace collectors::parse;

// pwquality.conf(5): minlen counts a character twice while a credit for its kind is left; dictcheck off, so that cracklib's own 6 is not
// met.
TEST_CASE("how long a password must be, by credits, also for lengths nobody types") {
  struct Row {
    const char* settings;
    std::int64_t shortest;
  };
  const Row rows[] = {
      {"", 8},
      {"minlen=12", 12},
      {"minlen=12\ndcredit=2", 10},
      {"minlen=12\ndcredit=100", 6},
      {"minlen=13\ndcredit=100", 7},
      {"minlen=12\nucredit=-9\ndcredit=100", 11},
      {"minlen=12\nucredit=-20", 20},
      {"minlen=2147483646", 2147483646},
      {"minlen=2147483646\ndcredit=2147483646\nucredit=2147483646", 1073741823},
  };
  for (const Row& row : rows) {
    CAPTURE(row.settings);
    PwqualitySettings settings;
    CHECK(parse_pwquality(std::string("dictcheck=0\n") + row.settings, "pwquality.conf", settings));
    CHECK(shortest_taken(settings) == row.shortest);
  }
}

}  // namespace gokajo::tests
