/// \file
/// What a volunteer with a real Windows sends back, so that what was only read about becomes proven (docs/proven-where.md;
/// evidence/windows.md section 7): the answers of one scan, without what tells who or whose, and the verdicts they led to.
///
/// Kept of an answer are numbers, truth values, times, versions, numbers of updates, GUIDs, well-known SIDs and the few texts that name a
/// product or an edition. Every other text is "(N letters)", a SID of this PC, of a domain or of Entra keeps its last number, and of files
/// and programs nothing but that they were asked is told.
#pragma once

#include <string>

#include "agent/scan.h"
#include "platform/snapshot.h"

namespace gokajo::agent {

inline constexpr const char* kWindowsProofFormat = "gokajo-windows-proof/1";

/// As JSON text with a newline at its end. `snapshot`: what the scan asked and heard, on Windows.
std::string windows_proof(const platform::Snapshot& snapshot, const ScanResult& result, const std::string& version);

}  // namespace gokajo::agent
