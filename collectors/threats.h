/// \file
/// Who has read which briefing.
#pragma once

#include "compliance/evidence/device.h"
#include "compliance/evidence/sign_in_windows.h"
#include "compliance/evidence/threats.h"
#include "platform/host.h"

namespace gokajo::collectors {

/// Of every account a person signs in with, what `gokajo learn` recorded, read with that person's rights and following no link. What is
/// offered is not filled in here: it comes with the agent.
compliance::Fact<std::map<std::string, compliance::BriefingReader>> collect_briefing_readers_linux(const platform::Host& host);

/// The same on Windows, of everybody who has signed in here with an account that still may. Keyed by SID. The service reads with rights of
/// its own there: nothing but ids, times and counts leaves the reducer.
compliance::Fact<std::map<std::string, compliance::BriefingReader>> collect_briefing_readers_windows(
    const platform::Host& host, const compliance::Device& device, const compliance::WindowsSignIn& sign_in);

inline constexpr std::int64_t kMaxRecordBytes = 64 << 10;  ///< of a person's briefings.json

/// What a person's briefings.json says; nothing read yet where there is none.
compliance::Fact<std::vector<compliance::BriefingRead>> read_record(const platform::Seen<platform::FileContents>& seen);

}  // namespace gokajo::collectors
