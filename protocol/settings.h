/// \file
/// What a hub tells its devices: data only (design.md section 3: the hub can make an agent run, open or fetch nothing). Form:
/// docs/schema/settings.schema.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/evidence/declaration.h"
#include "compliance/policy.h"

namespace gokajo::protocol {

inline constexpr const char* kSettingsFormat = "gokajo-settings/1";
inline constexpr std::size_t kMaxSettingsBytes = 1U << 20U;

/// `company`: its name, for the employee's page. `pack`: id of a built-in pack. `schedule`: agent/schedule.h. `small_company`: fewer than
/// 200 PCs, so that a scan follows the day's first start-up. `offset_minutes`: of the company's calendar days. `declarations`: those about
/// this PC and the company.
struct Settings {
  std::string format = kSettingsFormat;
  std::string company;
  std::string pack;
  std::string schedule;
  bool small_company = true;
  std::int64_t offset_minutes = platform::kJapanOffset;
  compliance::Policy policy{compliance::kPolicyFormat, {}, {}, {}, {}};
  std::vector<compliance::Declaration> declarations;
};
BOOST_DESCRIBE_STRUCT(Settings, (), (format, company, pack, schedule, small_company, offset_minutes, policy, declarations))

std::string write_settings(const Settings& settings);
/// Error{malformed} names the place; the policy is held to the rules of compliance/policy.h too.
platform::Result<Settings> read_settings(std::string_view text);

}  // namespace gokajo::protocol
