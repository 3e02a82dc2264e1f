/// \file
/// What `gokajo scan --format json` prints: design.md section 5, kept for good. Schema: docs/schema/scan.schema.json.
#pragma once

#include "compliance/judge.h"
#include "compliance/wording.h"

namespace gokajo::compliance {

inline constexpr const char* kScanFormat = "gokajo-scan/1";

struct ScanDocument {
  Time scanned_at{};
  const Evidence& evidence;
  const Pack& pack;
  const Judgement& judgement;
};

platform::Json write_scan(const ScanDocument& scan, const Wording& wording, const Reader& reader);

/// The scan document's exit code: 0 every rule passes or does not apply, 1 something needs action, 2 nothing fails but something is unknown
/// or must be answered.
int exit_code(const Judgement& judgement);

/// Names of the system for Reader::systems, most exact first: os-release ID, ID_LIKE, then the family.
std::vector<std::string> system_names(const Evidence& evidence);

}  // namespace gokajo::compliance
