/// \file
/// The JSON Schemas (2020-12) of what Gokajo writes and reads, made from the same listings as writing and reading. They are printed to
/// docs/schema/<name>.schema.json; those of packs, briefings and support dates stand there by hand, with what their fields mean.
#pragma once

#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace gokajo::agent {

/// scan, snapshot, evidence, policy, declarations, memory, wording, collected, and what travels (docs/protocol.md).
const std::vector<std::string_view>& schema_names();

/// Null for a name that is not among schema_names().
nlohmann::json schema_of(std::string_view name);

}  // namespace gokajo::agent
