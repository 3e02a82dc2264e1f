#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include "agent/scan.h"
#include "tests/support/described_windows.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

struct Found {
  Verdict verdict;
  std::string situation;
};

std::map<std::string, Found> judged(const DescribedPc& pc) {
  const auto result = agent::scan(pc.host, input_of(pc), pc.host.at());
  REQUIRE(result);
  std::map<std::string, Found> found;
  for (const auto& one : result->judgement.findings)
    found.insert_or_assign(one.finding.check, Found{one.finding.verdict, one.finding.situation});
  return found;
}

}  // namespace

TEST_CASE("every described Windows PC is judged as its description argues") {
  std::size_t compared = 0;
  for (const auto& pc : described_windows()) {
    CAPTURE(pc.name);
    const auto found = judged(pc);
    const auto wanted = pc.host.description().value("expected", platform::Json::object());
    for (const auto& [check, expected] : wanted.items()) {
      REQUIRE_MESSAGE(found.contains(check), check);
      const auto& [verdict, situation] = found.at(check);
      CHECK_MESSAGE(
          std::string(toString(verdict).c_str()) == expected.at("verdict").get<std::string>(),
          pc.name << ": " << check << " is " << toString(verdict) << " (" << situation << "): " << expected.at("why").get<std::string>());
      ++compared;
    }
  }
  MESSAGE(compared << " verdicts of " << described_windows().size() << " Windows PCs");
}

}  // namespace gokajo::tests
