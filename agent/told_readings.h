/// \file
/// Briefings that people said, over the service's own channel (agent/person_desk.h), they have understood. Kept by the service:
///
///   people/<SID>/briefings.json     as in the person's own file (agent/briefings_read.h), each person apart
///
/// What the system told stands in the folder's name: who said it. What was said is the briefing alone.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compliance/evidence/threats.h"
#include "platform/result.h"

namespace gokajo::agent {

inline constexpr std::size_t kMaxPeople = 200;  ///< with a record of their own

/// By SID.
using ToldReadings = std::map<std::string, std::vector<compliance::BriefingRead>>;

/// Whether it is "S-1-…" of numbers alone, as Windows writes a token's SID, and so a safe name of a folder.
bool is_sid(std::string_view text);

/// Durably. Error{malformed}: no SID; too_large: kMaxPeople have a record already; denied, failed: the disk.
platform::Status keep_told_reading(const std::string& directory, const std::string& sid, const compliance::BriefingRead& read);

/// What the service of `directory` was told; records that cannot be read count as none.
ToldReadings told_readings(const std::string& directory);

/// The folders of people's records, relative to `directory`.
std::vector<std::string> folders_of_people(const std::string& directory);

/// Adds them to what was read at the PC, each to its own person: to a list, what is not in it; where the person's own record could not be
/// read, in its place. Somebody whom the collector did not find is not added.
void add_told(compliance::Threats& threats, const ToldReadings& told, platform::Time now);

}  // namespace gokajo::agent
