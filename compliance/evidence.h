/// \file
/// Evidence: all facts of one scan. Each topic's structs stand in compliance/evidence/; a member of them is named for good, for reports and
/// snapshots of older agents are read by newer hubs. Default-constructed evidence is empty: every fact is not_asked.
#pragma once

#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "compliance/evidence/antivirus.h"
#include "compliance/evidence/declaration.h"
#include "compliance/evidence/device.h"
#include "compliance/evidence/extras.h"
#include "compliance/evidence/inventory.h"
#include "compliance/evidence/passwords.h"
#include "compliance/evidence/sharing.h"
#include "compliance/evidence/threats.h"
#include "compliance/evidence/updates.h"

namespace gokajo::compliance {

struct Evidence {
  Device device;
  Updates updates;
  Antivirus antivirus;
  Passwords passwords;
  Sharing sharing;
  Threats threats;
  Extras extras;
  Inventory inventory;
  std::vector<Declaration> declarations;
};

nlohmann::json write_evidence(const Evidence& evidence);
platform::Result<Evidence> read_evidence(const nlohmann::json& json);

/// JSON Schema 2020-12 of write_evidence(), printed to docs/schema/evidence.schema.json.
nlohmann::json evidence_schema();

}  // namespace gokajo::compliance
