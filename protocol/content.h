/// \file
/// What a report says of a PC at one time, and how the same is said in few bytes: times that only tell when a scan looked are left out, and
/// a PC where little changed names the earlier report and the differences (RFC 6902). docs/protocol.md has the rules for other programs.
#pragma once

#include <string>
#include <vector>

#include "compliance/evidence.h"
#include "compliance/judge.h"
#include "compliance/memory.h"
#include "platform/json_form.h"

namespace gokajo::protocol {

/// `memory` is the one judging was given on the PC, so that the hub can judge the same evidence again.
struct Content {
  platform::Time scanned_at{};
  compliance::Evidence evidence;
  compliance::Memory memory;
  std::vector<compliance::JudgedFinding> findings;
};

/// A fact looked at within this time of `scanned_at` (when a scan began) is written without its "observed_at" and read back as of this long
/// before: a fact is never made newer than it is.
inline constexpr platform::Time::duration kSameTime = std::chrono::minutes{10};

/// Limits of differences, for whoever sends them.
inline constexpr std::size_t kMaxChanges = 5000;

/// {"evidence": ..., "memory": ..., "findings": [...]}; `scanned_at` travels in the report's head.
platform::Json write_content(const Content& content);

/// Error{malformed} names the place. `json` is used up: whoever needs it later hands in a copy.
platform::Result<Content> read_content(platform::Json json, platform::Time scanned_at);

/// What is installed on the PC, alone: for who looks at many. The rest of the content is not looked at. Error{malformed}: of that part.
platform::Result<compliance::Inventory> read_inventory(const platform::Json& json, platform::Time scanned_at);

/// SHA-256 of the content's bytes as this program writes JSON: keys sorted, no blanks, UTF-8.
std::string content_sha256(const platform::Json& content);

/// The differences as RFC 6902 operations of the kinds add, remove and replace.
platform::Json changes_between(const platform::Json& before, const platform::Json& now);

/// `before` with the differences applied. Error{malformed}: another kind of operation, a place that is not there; too_large: more than
/// kMaxChanges, or a result that would be more than `max_bytes`.
platform::Result<platform::Json> apply_changes(const platform::Json& before, const platform::Json& changes, std::size_t max_bytes);

}  // namespace gokajo::protocol
