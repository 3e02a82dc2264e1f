#include "agent/scan.h"

#include <doctest/doctest.h>

#include "tests/support/fake_host.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

TEST_CASE("empty evidence gives no pass and no fail, over every check and pack") {
  const auto now = *platform::parse_time("2026-11-22T00:00:00Z");
  for (const auto* check : all_checks()) {
    CAPTURE(check->id);
    const auto verdict = verdict_of(check->id, Evidence{});
    CHECK(verdict != Verdict::pass);
    CHECK(verdict != Verdict::fail);
  }
  for (const auto& id : built_in_pack_ids()) {
    CAPTURE(id);
    const auto pack = built_in_pack(id);
    REQUIRE_MESSAGE(pack, pack.error().detail);
    const auto judgement = judge(Evidence{}, *pack, Policy{kPolicyFormat, {}, {}, {}}, Memory{}, now);
    for (const auto& rule : judgement.rules) {
      CHECK(rule.verdict != Verdict::pass);
      CHECK(rule.verdict != Verdict::fail);
    }
  }
}

}  // namespace gokajo::tests
