/// \file
/// What a hub tells its devices: data only (design.md section 3: the hub can make an agent run, open or fetch nothing). Form:
/// docs/schema/settings.schema.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/evidence/declaration.h"
#include "compliance/policy.h"

namespace gokajo::protocol {

inline constexpr const char* kSettingsFormat = "gokajo-settings/1";
inline constexpr std::size_t kMaxSettingsBytes = 1U << 20U;

/// How many packs (the company's and those it extends), briefings and tables (compliance/tables.h) a hub may name.
inline constexpr std::size_t kMaxNamedPacks = 4;
inline constexpr std::size_t kMaxNamedBriefings = 24;
inline constexpr std::size_t kMaxNamedTables = 8;

/// A pack's file, without its base. `sha256`: of the file, lower-case hex. `id`, `version`: compliance/data_file.h.
struct NamedPack {
  std::string id;
  std::string version;
  std::string sha256;
};
BOOST_DESCRIBE_STRUCT(NamedPack, (), (id, version, sha256))

struct NamedBriefing {
  std::string id;
  platform::Time published{};
  std::string sha256;
};
BOOST_DESCRIBE_STRUCT(NamedBriefing, (), (id, published, sha256))

struct NamedTable {
  std::string id;
  std::string version;
  std::string sha256;
};
BOOST_DESCRIBE_STRUCT(NamedTable, (), (id, version, sha256))

enum class HandedOut { pack, briefing, table };

/// The path of GET for a file of that hash: nothing of its name is in it.
std::string handed_out_path(HandedOut kind, const std::string& sha256);

struct HandedOutPath {
  HandedOut kind = HandedOut::pack;
  std::string sha256;
};
/// What such a path asks for; nullopt: it is none.
std::optional<HandedOutPath> read_handed_out_path(std::string_view path);

/// `company`: its name, for the employee's page. `pack`: its id. `schedule`: agent/schedule.h. `small_company`: fewer than
/// 200 PCs, so that a scan follows the day's first start-up. `offset_minutes`: of the company's calendar days. `declarations`: those about
/// this PC and the company. `packs`: files of `pack` and of what it extends, in this order; `briefings`: newest first; `tables`: those that
/// are later than what the hub's program brought along. Absent: a hub that hands out none.
struct Settings {
  std::string format = kSettingsFormat;
  std::string company;
  std::string pack;
  std::string schedule;
  bool small_company = true;
  std::int64_t offset_minutes = platform::kJapanOffset;
  compliance::Policy policy{compliance::kPolicyFormat, {}, {}, {}, {}};
  std::vector<compliance::Declaration> declarations;
  std::optional<std::vector<NamedPack>> packs;
  std::optional<std::vector<NamedBriefing>> briefings;
  std::optional<std::vector<NamedTable>> tables;
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (format, company, pack, schedule, small_company, offset_minutes, policy, declarations, packs, briefings, tables))

std::string write_settings(const Settings& settings);
/// Error{malformed} names the place: also an id, version or hash that is none, more files than may be named, or one named twice. The policy
/// is held to the rules of compliance/policy.h too.
platform::Result<Settings> read_settings(std::string_view text);

}  // namespace gokajo::protocol
