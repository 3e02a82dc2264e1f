#include "compliance/pack.h"

#include <algorithm>
#include <map>
#include <set>

#include "compliance/check.h"
#include "compliance/data_file.h"
#include "compliance/setting_range.h"
#include "platform/embedded.h"

namespace gokajo::compliance {
namespace {

using platform::Json, platform::Place, platform::Status, platform::misplaced, platform::Done;

Status validate_settings(const PackCheck& entry, const std::string& id, const Place& place) {
  const Check* check = find_check(id);
  if (!check || !entry.settings) return Done{};  // a check this version does not know is judged unknown, not refused
  for (const auto& [name, value] : *entry.settings) {
    const auto declared = check->settings.find(name);
    if (declared == check->settings.end()) return misplaced(place.key("settings").key(name), "not a setting of " + id);
    if (declared->second.index() != value.index())
      return misplaced(place.key("settings").key(name), "of another type than " + id + " declares");
    if (auto status = in_range(id, name, value, place.key("settings").key(name)); !status) return status;
  }
  return Done{};
}

Status validate_check(const PackCheck& entry, const Place& place, std::set<std::string>& seen) {
  if (entry.check.has_value() == entry.any.has_value()) return misplaced(place, "expected either \"check\" or \"any\"");
  if (entry.any && entry.any->empty()) return misplaced(place.key("any"), "expected at least one check");
  for (const auto& id : entry.checks()) {
    if (!seen.insert(id).second) return misplaced(place, "check \"" + id + "\" stands twice");
    if (auto status = validate_settings(entry, id, place); !status) return status;
  }
  return Done{};
}

Status validate(const Pack& pack) {
  if (pack.format != kPackFormat) return misplaced(Place{"format"}, std::string("expected \"") + kPackFormat + "\"");
  if (!is_data_id(pack.id)) return misplaced(Place{"id"}, "expected at most 64 of a-z, 0-9 and -");
  if (!is_data_version(pack.version)) return misplaced(Place{"version"}, "expected numbers such as 2026.11.1");
  std::set<std::string> rules, checks;
  const Place top;
  for (std::size_t i = 0; i < pack.rules.size(); ++i) {
    const auto& rule = pack.rules[i];
    const Place place = top.key("rules").index(i);
    if (!rules.insert(rule.id).second) return misplaced(place.key("id"), "rule \"" + rule.id + "\" stands twice");
    bool decides = false;
    for (std::size_t k = 0; k < rule.checks.size(); ++k) {
      if (auto status = validate_check(rule.checks[k], place.key("checks").index(k), checks); !status) return status;
      decides = decides || rule.checks[k].role == Role::required;
    }
    if (!decides) return misplaced(place.key("checks"), "expected at least one required check");
  }
  for (std::size_t i = 0; i < pack.extras.size(); ++i)
    if (auto status = validate_check(pack.extras[i], top.key("extras").index(i), checks); !status) return status;
  for (std::size_t i = 0; i < pack.questions.size(); ++i)
    for (std::size_t k = 0; k < pack.questions[i].choices.size(); ++k) {
      const Place place = top.key("questions").index(i).key("choices").index(k).key("verdict");
      Verdict verdict{};
      if (auto status = platform::read_form(Json(pack.questions[i].choices[k].verdict), verdict, place); !status) return status;
    }
  return Done{};
}

void erase_check(std::vector<PackCheck>& checks, const PackCheck& entry) {
  const auto ids = entry.checks();
  std::erase_if(checks, [&](const PackCheck& other) { return other.checks() == ids; });
}

std::string_view built_in_text(std::string_view id) {
  for (const auto& file : embedded::packs())
    if (file.name == std::string(id) + ".json") return file.text;
  return {};
}

}  // namespace

platform::Result<Pack> read_pack(std::string_view text) {
  auto json = platform::parse_json(text, kMaxPackBytes);
  if (!json) return json.error();
  Pack pack;
  if (auto status = platform::read_form(*json, pack, Place{}); !status) return status.error();
  if (auto status = only_plain_texts(*json, Place{}); !status) return status.error();
  if (auto status = validate(pack); !status) return status.error();
  return pack;
}

platform::Status only_known_checks(const Pack& pack) {
  const auto known = [](const std::vector<PackCheck>& entries, const Place& place) -> Status {
    for (std::size_t i = 0; i < entries.size(); ++i)
      for (const auto& id : entries[i].checks())
        if (!find_check(id)) return misplaced(place.index(i), "no check \"" + id + "\" in this version");
    return Done{};
  };
  const Place top;
  for (std::size_t i = 0; i < pack.rules.size(); ++i)
    if (auto status = known(pack.rules[i].checks, top.key("rules").index(i).key("checks")); !status) return status;
  if (auto status = known(pack.extras, top.key("extras")); !status) return status;
  for (std::size_t i = 0; i < pack.questions.size(); ++i) {
    const Place place = top.key("questions").index(i).key("settles");
    const auto settles = pack.questions[i].settles.value_or(std::vector<std::string>{});
    for (std::size_t k = 0; k < settles.size(); ++k)
      if (!find_check(settles[k])) return misplaced(place.index(k), "no check \"" + settles[k] + "\" in this version");
  }
  return Done{};
}

namespace {

bool decides(const PackRule& rule) {
  return std::any_of(rule.checks.begin(), rule.checks.end(), [](const PackCheck& entry) { return entry.role == Role::required; });
}

// Its rules after those of `whole`; a rule that loses its last required check to another is refused where that one stands.
Status lay_rules(const Pack& pack, Pack& whole) {
  std::map<std::string, std::string> taken_at;
  const Place top;
  for (std::size_t i = 0; i < pack.rules.size(); ++i) {
    const auto& rule = pack.rules[i];
    for (std::size_t k = 0; k < rule.checks.size(); ++k) {
      erase_check(whole.extras, rule.checks[k]);
      for (auto& other : whole.rules) {
        const bool decided = decides(other);
        erase_check(other.checks, rule.checks[k]);
        if (decided && !decides(other)) taken_at[other.id] = top.key("rules").index(i).key("checks").index(k).path();
      }
    }
    const auto same = std::find_if(whole.rules.begin(), whole.rules.end(), [&](const PackRule& r) { return r.id == rule.id; });
    if (same == whole.rules.end()) {
      whole.rules.push_back(rule);
    } else {
      same->checks.insert(same->checks.end(), rule.checks.begin(), rule.checks.end());
    }
  }
  for (const auto& rule : whole.rules)
    if (!decides(rule) && taken_at.contains(rule.id))
      return misplaced(Place{taken_at.at(rule.id)}, "rule \"" + rule.id + "\" would be left without a required check");
  return Done{};
}

// `above`: the ids of those that stand over it, the topmost first, so that packs which extend each other come to an end.
platform::Result<Pack> laid_over(Pack pack, const PackLookup& base_of, std::vector<std::string> above) {
  if (!pack.extends) return pack;
  const Place place{"extends"};
  above.push_back(pack.id);
  if (const auto again = std::find(above.begin(), above.end(), *pack.extends); again != above.end()) {
    std::string cycle;
    for (auto at = again; at != above.end(); ++at) cycle += "\"" + *at + "\" extends ";
    return misplaced(place, "a cycle: " + cycle + "\"" + *again + "\"");
  }
  if (above.size() > static_cast<std::size_t>(kMaxPackBases)) return misplaced(place, "too many packs one over the other");
  auto base = base_of(*pack.extends);
  if (!base) return misplaced(place, base.error().detail);
  base = laid_over(std::move(*base), base_of, std::move(above));
  if (!base) return misplaced(place, *pack.extends + ": " + base.error().detail);
  Pack whole = std::move(*base);
  if (auto status = lay_rules(pack, whole); !status) return status.error();
  for (const auto& entry : pack.extras) {
    erase_check(whole.extras, entry);
    whole.extras.push_back(entry);
  }
  whole.questions.insert(whole.questions.end(), pack.questions.begin(), pack.questions.end());
  whole.not_looked_at.ja.insert(whole.not_looked_at.ja.end(), pack.not_looked_at.ja.begin(), pack.not_looked_at.ja.end());
  whole.not_looked_at.en.insert(whole.not_looked_at.en.end(), pack.not_looked_at.en.begin(), pack.not_looked_at.en.end());
  whole.sources.insert(whole.sources.end(), pack.sources.begin(), pack.sources.end());
  whole.id = pack.id;
  whole.version = pack.version;
  whole.name = pack.name;
  whole.guideline = pack.guideline;
  whole.extends.reset();
  if (auto status = validate(whole); !status) return status.error();
  return whole;
}

}  // namespace

platform::Result<Pack> extended(Pack pack, const PackLookup& base_of) { return laid_over(std::move(pack), base_of, {}); }

platform::Result<Pack> built_in_pack_alone(std::string_view id) {
  const auto text = built_in_text(id);
  if (text.empty()) {
    std::string known;
    for (const auto& name : built_in_pack_ids()) known += (known.empty() ? "" : ", ") + name;
    return platform::Error{ErrorKind::not_found, "no rule pack \"" + std::string(id) + "\"; there are: " + known};
  }
  auto pack = read_pack(text);
  if (!pack) return platform::Error{pack.error().kind, std::string(id) + ".json: " + pack.error().detail};
  return pack;
}

platform::Result<Pack> built_in_pack(std::string_view id) {
  auto pack = built_in_pack_alone(id);
  return pack ? extended(std::move(*pack)) : pack;
}

std::vector<std::string> built_in_pack_ids() {
  std::vector<std::string> ids;
  for (const auto& file : embedded::packs()) ids.emplace_back(file.name.substr(0, file.name.rfind('.')));
  return ids;
}

}  // namespace gokajo::compliance

namespace gokajo::platform {

Json JsonForm<compliance::Setting>::write(const compliance::Setting& value) {
  return std::visit([](const auto& v) { return to_form(v); }, value);
}

Status JsonForm<compliance::Setting>::read(const Json& json, compliance::Setting& out, const Place& place) {
  const auto read_as = [&]<class T>(T value) -> Status {
    auto status = read_form(json, value, place);
    if (status) out = std::move(value);
    return status;
  };
  if (json.is_boolean()) return read_as(bool{});
  if (json.is_number_integer()) return read_as(std::int64_t{});
  if (json.is_array()) return read_as(std::vector<std::string>{});
  return expected(place, "a whole number, true, false or a list of names", json);
}

Json JsonForm<compliance::Setting>::schema(SchemaDefinitions&) {
  return {{"oneOf", {{{"type", "integer"}}, {{"type", "boolean"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}}}};
}

Json JsonForm<compliance::Settings>::write(const compliance::Settings& values) {
  Json out = Json::object();
  for (const auto& [name, value] : values) out[name] = to_form(value);
  return out;
}

Status JsonForm<compliance::Settings>::read(const Json& json, compliance::Settings& out, const Place& place) {
  if (!json.is_object()) return expected(place, "an object", json);
  out.clear();
  for (const auto& [name, member] : json.items()) {
    compliance::Setting value;
    if (auto status = read_form(member, value, place.key(name)); !status) return status;
    out.emplace(name, std::move(value));
  }
  return Done{};
}

Json JsonForm<compliance::Settings>::schema(SchemaDefinitions& definitions) {
  return {{"type", "object"}, {"additionalProperties", schema_form<compliance::Setting>(definitions)}};
}

}  // namespace gokajo::platform
