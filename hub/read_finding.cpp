#include "hub/read_finding.h"

#include "compliance/finding_form.h"

namespace gokajo::hub {

namespace {

constexpr std::size_t kMostBytes = 1U << 20U;

}  // namespace

std::optional<compliance::JudgedFinding> read_finding(const KeptFinding& kept) {
  compliance::JudgedFinding judged;
  const auto json = platform::parse_json(kept.form, kMostBytes);
  if (!json || !platform::read_form(*json, judged, platform::Place{"finding"})) return std::nullopt;
  return judged;
}

}  // namespace gokajo::hub
