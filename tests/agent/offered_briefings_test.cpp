#include "agent/offered_briefings.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

TEST_CASE("every bundled briefing has an id and a day, the newest stands first") {
  const auto offered = agent::offered_briefings(*platform::parse_time("2026-11-22"));
  REQUIRE_MESSAGE(offered, offered.detail);
  REQUIRE(offered->size() >= 2);
  for (std::size_t i = 1; i < offered->size(); ++i) CHECK((*offered)[i - 1].published >= (*offered)[i].published);
}

}  // namespace gokajo::tests
