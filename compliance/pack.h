/// \file
/// Rule packs: which checks decide which rule, with which settings and why. Data: compliance/packs/*.json, docs/schema/pack.schema.json.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/settings.h"
#include "compliance/tables.h"
#include "compliance/text.h"
#include "platform/json_form.h"

namespace gokajo::compliance {

enum class Role { required, advice };
BOOST_DESCRIBE_ENUM(Role, required, advice)

struct PackSource {
  std::string id;
  std::optional<std::string> url;
  std::string what;
};
BOOST_DESCRIBE_STRUCT(PackSource, (), (id, url, what))

/// Either `check` or `any`: one of several checks suffices.
struct PackCheck {
  std::optional<std::string> check;
  std::optional<std::vector<std::string>> any;
  Role role = Role::advice;
  std::optional<Settings> settings;
  std::optional<Text> label;  ///< how the entry is headed where it stands outside the rules
  std::optional<std::vector<std::string>> sources;
  Text reason;
  std::vector<std::string> checks() const { return check ? std::vector{*check} : any.value_or(std::vector<std::string>{}); }
};
BOOST_DESCRIBE_STRUCT(PackCheck, (), (check, any, role, settings, label, sources, reason))

struct PackRule {
  std::string id;
  std::int64_t number = 0;
  std::optional<std::string> official_name;
  Text name;
  std::optional<std::string> source;
  std::optional<std::string> note;
  std::vector<PackCheck> checks;
};
BOOST_DESCRIBE_STRUCT(PackRule, (), (id, number, official_name, name, source, note, checks))

/// `verdict`: what the answer means for the rule.
struct Choice {
  std::string id;
  std::string verdict;
  Text text;
};
BOOST_DESCRIBE_STRUCT(Choice, (), (id, verdict, text))

/// Asked of a person. `settles`: checks of this PC whose `ask` the answer decides.
struct PackQuestion {
  std::string id;
  std::string rule;
  Role role = Role::advice;
  std::int64_t valid_months = 12;
  std::optional<std::vector<std::string>> settles;
  Text ask;
  std::vector<Choice> choices;
  Text reason;
};
BOOST_DESCRIBE_STRUCT(PackQuestion, (), (id, rule, role, valid_months, settles, ask, choices, reason))

struct NotLookedAt {
  std::vector<std::string> ja;
  std::vector<std::string> en;
};
BOOST_DESCRIBE_STRUCT(NotLookedAt, (), (ja, en))

struct Pack {
  std::string format;
  std::string id;
  std::string version;
  Text name;
  std::optional<std::string> guideline;
  std::optional<std::string> extends;
  std::vector<PackSource> sources;
  std::vector<PackRule> rules;
  std::vector<PackCheck> extras;
  NotLookedAt not_looked_at;
  std::vector<PackQuestion> questions;
  Tables tables;  ///< in no file of a pack: what its checks go by
};
BOOST_DESCRIBE_STRUCT(Pack, (), (format, id, version, name, guideline, extends, sources, rules, extras, not_looked_at, questions))

inline constexpr const char* kPackFormat = "gokajo-pack/1";
inline constexpr std::size_t kMaxPackBytes = 1U << 20U;

/// Reads one pack without its base. Refused with place and expectation: another format, an id or version that compliance/data_file.h does
/// not know as one, a control character, a rule without a required check, a rule or check named twice, neither or both of check/any, a
/// setting that the check does not declare, of another type or out of its range (compliance/setting_range.h). A check that this version
/// does not know is read (and judged unknown).
platform::Result<Pack> read_pack(std::string_view text);

/// Error{malformed} with the place of a check that this version does not know, in a rule, an extra or what a question settles.
platform::Status only_known_checks(const Pack& pack);

/// A pack by its id, without its base.
using PackLookup = std::function<platform::Result<Pack>(std::string_view id)>;

/// The pack of that id compiled in, without its base. Error{not_found} lists the ids there are.
platform::Result<Pack> built_in_pack_alone(std::string_view id);

/// The pack of that id with everything it extends, from the packs compiled in. Error{not_found} lists the ids there are.
platform::Result<Pack> built_in_pack(std::string_view id);

/// `pack` laid over its base: its rules after the base's, a check named again takes the later role and settings. At most kMaxPackBases
/// bases, one below the other. Refused with the place in `pack`: a cycle, a rule of the base that is left without a required check.
platform::Result<Pack> extended(Pack pack, const PackLookup& base_of = built_in_pack_alone);
inline constexpr int kMaxPackBases = 3;

std::vector<std::string> built_in_pack_ids();

}  // namespace gokajo::compliance

namespace gokajo::platform {

template <>
struct JsonForm<compliance::Setting> {
  static Json write(const compliance::Setting& value);
  static Status read(const Json& json, compliance::Setting& out, const Place& place);
  static Json schema(SchemaDefinitions& definitions);
};

template <>
struct JsonForm<compliance::Settings> {
  static Json write(const compliance::Settings& values);
  static Status read(const Json& json, compliance::Settings& out, const Place& place);
  static Json schema(SchemaDefinitions& definitions);
};

}  // namespace gokajo::platform
