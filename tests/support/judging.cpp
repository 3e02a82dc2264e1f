#include "tests/support/judging.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

compliance::Finding judged(const std::string& id, const compliance::Evidence& evidence, compliance::Time now,
                           const compliance::Memory& memory, const compliance::Settings& changed) {
  const auto* check = compliance::find_check(id);
  REQUIRE_MESSAGE(check, id << " is not in checks.inc");
  auto settings = check->settings;
  for (const auto& [name, value] : changed) settings.insert_or_assign(name, value);
  auto finding = check->judge(evidence, settings, memory, now);
  finding.check = id;
  return finding;
}

compliance::Verdict verdict_of(const std::string& check, const compliance::Evidence& evidence, compliance::Time now) {
  return judged(check, evidence, now).verdict;
}

}  // namespace gokajo::tests

namespace gokajo::compliance {
// doctest prints a verdict by its name.
doctest::String toString(Verdict verdict) { return platform::to_form(verdict).get<std::string>().c_str(); }
}  // namespace gokajo::compliance
