/// \file
/// What everybody who uses this PC may see of the service's last scan: summary.json in the state directory, mode 0644. Verdicts and the
/// names of checks only: no item, no name of an account or a folder, no address, for whoever sits here might be the one they help against.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/scan.h"
#include "agent/uplink.h"
#include "compliance/wording.h"

namespace gokajo::agent {

inline constexpr const char* kSummaryFormat = "gokajo-summary/1";

/// Of the service, whoever asks: `named` (--state) if not empty, else GOKAJO_STATE, else that of the service (platform/places.h).
std::string service_directory(const std::string& named);

struct SummaryRule {
  std::int64_t number = 0;
  compliance::Text name;
  compliance::Verdict verdict = compliance::Verdict::unknown;
};
BOOST_DESCRIBE_STRUCT(SummaryRule, (), (number, name, verdict))

struct SummaryCheck {
  std::string check;
  std::int64_t rule = 0;
  compliance::Text name;
  compliance::Verdict verdict = compliance::Verdict::unknown;
};
BOOST_DESCRIBE_STRUCT(SummaryCheck, (), (check, rule, name, verdict))

/// `checks`: the required ones that did not pass. `company`: absent where the PC reports to nobody. `not_arriving`: since more than 7 days
/// no receipt came.
struct Summary {
  std::string format = kSummaryFormat;
  platform::Time scanned_at{};
  std::vector<SummaryRule> rules;
  std::vector<SummaryCheck> checks;
  std::optional<std::string> company;
  bool not_arriving = false;
};
BOOST_DESCRIBE_STRUCT(Summary, (), (format, scanned_at, rules, checks, company, not_arriving))

Summary summary_of(const ScanResult& result);

std::string write_summary(const Summary& summary);
platform::Result<Summary> read_summary(std::string_view text);

/// That of the service on this PC; Error{not_found} where none runs.
platform::Result<Summary> service_summary(const std::string& directory);

/// Ends with a newline; at most 80 columns.
std::string render_summary(const Summary& summary, compliance::Language language, int offset_minutes, platform::Time now);

/// The exit code of `gokajo scan` for these verdicts.
int exit_code(const Summary& summary);

}  // namespace gokajo::agent
