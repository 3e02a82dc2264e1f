#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "agent/scan.h"
#include "tests/support/described_windows.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace compliance;

namespace {

// Checks that nothing collects evidence for on Windows yet. They must neither pass nor fail there; what they shall say stands in the
// descriptions already.
const std::set<std::string>& to_come() {
  static const std::set<std::string> checks = {
#include "tests/agent/windows_to_come.inc"
  };
  return checks;
}

struct Found {
  Verdict verdict;
  std::string situation;
};

std::map<std::string, Found> judged(const DescribedPc& pc) {
  auto pack = built_in_pack("6kajo");
  REQUIRE(pack);
  agent::ScanInput input{std::move(*pack)};
  if (const auto memory = pc.host.description().find("memory"); memory != pc.host.description().end()) {
    auto read = read_memory(*memory);
    REQUIRE_MESSAGE(read, read.error().detail);
    input.memory = std::move(*read);
  }
  const auto result = agent::scan(pc.host, input, pc.host.at());
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
      if (to_come().contains(check)) continue;
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

TEST_CASE("what is not collected on Windows yet settles nothing there") {
  for (const auto& pc : described_windows()) {
    CAPTURE(pc.name);
    for (const auto& [check, found] : judged(pc)) {
      if (!to_come().contains(check)) continue;
      const bool open = found.verdict == Verdict::unknown || found.verdict == Verdict::ask;
      CHECK_MESSAGE(open, check << " is " << toString(found.verdict));
    }
  }
}

}  // namespace gokajo::tests
