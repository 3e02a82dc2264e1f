/// \file
/// What ClamAV says of itself: clamd.conf(5), the head of a database, clamd's VERSION.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/time.h"

namespace gokajo::collectors::parse {

/// Of clamd.conf(5), the last line of an option counts; the two lists are counted. Unset: the manual's default.
struct ClamdConf {
  std::string local_socket;
  std::string database_directory = "/var/lib/clamav";
  std::int64_t watched = 0;  ///< OnAccessIncludePath and OnAccessMountPath lines
  bool prevention = false;
};
ClamdConf parse_clamd_conf(std::string_view text);

/// The head of a .cvd or .cld file, whole or as the reducer cvd_header leaves it. Field 9 (seconds since 1970) is missing in old files;
/// then field 2 ("14 Oct 2026 08-26 +0000") is read. nullopt when neither the date nor the version can be read.
struct CvdHeader {
  platform::Time built{};
  std::int64_t version = 0;
};
std::optional<CvdHeader> parse_cvd_header(std::string_view header);

/// clamd's answer to VERSION: "ClamAV 1.4.6/27800/Wed Oct 14 08:26:00 2026", or "ClamAV 1.4.6" when it has loaded no published database.
/// The date is in clamd's own time zone, so it may be off by half a day. nullopt when it is neither.
struct ClamdVersion {
  std::string engine;
  std::optional<std::int64_t> database;
  std::optional<platform::Time> built;
};
std::optional<ClamdVersion> parse_clamd_version(std::string_view text);

}  // namespace gokajo::collectors::parse
