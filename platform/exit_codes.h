/// \file
/// What both programs end with beside 0 and the codes of `gokajo scan`: the numbers of sysexits.h, which not every system has.
#pragma once

namespace gokajo::platform {

inline constexpr int kUsage = 64;
inline constexpr int kDataError = 65;
inline constexpr int kNoInput = 66;
inline constexpr int kUnavailable = 69;
inline constexpr int kInternal = 70;
inline constexpr int kCannotCreate = 73;
inline constexpr int kTryLater = 75;
inline constexpr int kNoPermission = 77;
inline constexpr int kConfig = 78;

}  // namespace gokajo::platform
