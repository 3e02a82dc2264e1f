#include "tests/support/damaged.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <doctest/doctest.h>

#include "platform/snapshot.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using compliance::Verdict;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

bool is_ours(std::uint64_t index) {
  const char* text = std::getenv("GOKAJO_SHARE");
  unsigned long share = 1, of = 1;
  REQUIRE((!text || (std::sscanf(text, "%lu/%lu", &share, &of) == 2 && share >= 1 && share <= of)));
  return index % of == share - 1;
}

std::vector<platform::Damage> reasons_for(const std::vector<platform::Damage>& all, bool first, const std::string& key,
                                          std::uint64_t seed) {
  const std::size_t wanted = !std::getenv("GOKAJO_DAMAGES") ? 2 : first ? all.size() : 1;
  const auto start = seed + std::hash<std::string>{}(key);
  std::vector<platform::Damage> reasons;
  for (std::size_t i = 0; i < std::min(wanted, all.size()); ++i) reasons.push_back(all[(start + i) % all.size()]);
  return reasons;
}

Verdicts verdicts_of(const platform::Host& host, const agent::ScanInput& input, platform::Time now) {
  const platform::RecordingHost once(host);
  const auto result = agent::scan(once, input, now);
  REQUIRE(result);
  Verdicts verdicts;
  for (const auto& judged : result->judgement.findings) verdicts.checks[judged.finding.check] = judged.finding.verdict;
  for (const auto& rule : result->judgement.rules) verdicts.rules[rule.id] = rule.verdict;
  return verdicts;
}

void check_less_is_known(const Verdicts& before, const Verdicts& after) {
  for (const auto& [id, verdict] : after.checks) {
    const bool open = verdict == before.checks.at(id) || verdict == Verdict::unknown || verdict == Verdict::ask;
    CHECK_MESSAGE(open, id << ": " << toString(before.checks.at(id)) << " became " << toString(verdict));
  }
  for (const auto& [id, verdict] : after.rules)
    CHECK_MESSAGE((verdict != Verdict::pass || before.rules.at(id) == Verdict::pass), "rule " << id << " became pass");
}

}  // namespace gokajo::tests
