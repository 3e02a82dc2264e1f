/// \file
/// What the command line tools of antivirus products print. None of these texts is translated by its product.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::collectors::parse {

/// `mdatp health --output json`: values are plain or {"value": ...}; times are milliseconds since 1970 as text. Error{malformed} names the
/// member that is missing or of another type: what is not said must not be taken for "off".
struct MdatpHealth {
  bool real_time = false;
  bool passive = false;
  bool licensed = false;
  bool definitions_current = false;
  platform::Time definitions_updated{};
  std::string definitions_version;
  std::optional<platform::Time> expires;
};
platform::Result<MdatpHealth> parse_mdatp_health(std::string_view json);

/// `falconctl -g --rfm-state`: "rfm-state=false." nullopt for "rfm-state is not set." and all else.
std::optional<bool> parse_falcon_rfm(std::string_view text);

/// `sentinelctl control status`: "Agent state      Enabled" (or with a colon), and a process table.
struct SentinelStatus {
  bool enabled = false;
  bool agent_runs = false;
};
std::optional<SentinelStatus> parse_sentinel_status(std::string_view text);

/// `upd --list-modules` of ESET: the line of the detection engine, "EM002 31832 (20250909) Detection engine".
struct EsetEngine {
  std::string version;
  platform::Time built{};
};
std::optional<EsetEngine> parse_eset_modules(std::string_view text);

/// `lic --status` of ESET: "Status: Activated", "License Validity: 2026-06-21" (a day, through its end; absent when it says something
/// else).
struct EsetLicence {
  bool activated = false;
  std::optional<platform::Time> until;
};
std::optional<EsetLicence> parse_eset_licence(std::string_view text);

/// `bduitool get ps`: "- Antimalware status: On", "Last security content update: 2023-08-24 at 11:44:37 GMT+2".
struct BitdefenderStatus {
  bool antimalware = false;
  std::optional<platform::Time> content;
};
std::optional<BitdefenderStatus> parse_bduitool(std::string_view text);

}  // namespace gokajo::collectors::parse
