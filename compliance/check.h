/// \file
/// A check: a pure function from evidence to a finding. It touches nothing: no file, no clock, no memory but the one it is given.
///
/// To add one, see docs/adding-a-check.md: its file in compliance/checks/, its line in checks.inc, its test, its wording, its line in each
/// pack that wants it.
#pragma once

#include <string_view>
#include <vector>

#include "compliance/evidence.h"
#include "compliance/finding.h"
#include "compliance/memory.h"
#include "compliance/settings.h"

namespace gokajo::compliance {

using Judge = Finding (*)(const Evidence& evidence, const Settings& settings, const Memory& memory, Time now);

/// `id` is permanent: hubs store it. `settings` are the defaults, and the only names a pack or policy may set.
struct Check {
  const char* id;
  Judge judge;
  Settings settings = {};
};

/// All checks in the order of checks.inc. Lives as long as the program; any thread.
const std::vector<const Check*>& all_checks();
const Check* find_check(std::string_view id);

// ---- For judges --------------------------------------------------------------------------------------------------------------------

inline Finding conclude(Verdict verdict, std::string situation, Time observed_at, Parameters parameters = {},
                        std::vector<Parameters> items = {}) {
  return {{}, verdict, std::move(situation), std::move(parameters), std::move(items), std::nullopt, observed_at, std::nullopt, false};
}
inline Finding pass(std::string situation, Time observed_at, Parameters parameters = {}, std::vector<Parameters> items = {}) {
  return conclude(Verdict::pass, std::move(situation), observed_at, std::move(parameters), std::move(items));
}
inline Finding fail(std::string situation, Time observed_at, Parameters parameters = {}, std::vector<Parameters> items = {}) {
  return conclude(Verdict::fail, std::move(situation), observed_at, std::move(parameters), std::move(items));
}
inline Finding ask(std::string situation, Time observed_at, Parameters parameters = {}, std::vector<Parameters> items = {}) {
  return conclude(Verdict::ask, std::move(situation), observed_at, std::move(parameters), std::move(items));
}
/// The situation must name the fact that proves it.
inline Finding not_applicable(std::string situation, Time observed_at, Parameters parameters = {}) {
  return conclude(Verdict::not_applicable, std::move(situation), observed_at, std::move(parameters));
}
/// Measured, but what was found does not allow a verdict; the situation says why.
inline Finding unknown(std::string situation, Time observed_at, Parameters parameters = {}, std::vector<Parameters> items = {}) {
  return conclude(Verdict::unknown, std::move(situation), observed_at, std::move(parameters), std::move(items));
}
/// A fact this check needs is absent: the reason travels along and is worded from wording/common.json.
template <class T>
Finding unmeasured(const Fact<T>& fact) {
  Finding finding = conclude(Verdict::unknown, "unmeasured", fact.observed_at);
  finding.absence = absence_of(fact);
  return finding;
}

/// The valid declaration for a question (a check's or pack question's id) about one thing, or nullptr. An answer counts until the end of
/// `valid_until`, and never before it was given.
const Declaration* declared(const Evidence& evidence, std::string_view question, std::string_view about, Time now);

}  // namespace gokajo::compliance
