#include "compliance/collected.h"

#include <algorithm>
#include <cassert>
#include <set>

#include "compliance/check.h"
#include "compliance/evidence.h"
#include "platform/embedded.h"

namespace gokajo::compliance {
namespace {

using platform::Done, platform::Json, platform::misplaced, platform::Place, platform::Status;

constexpr std::size_t kMaxCollectedBytes = 1U << 20U;

Status check_text(const Text& text, const Place& place) {
  if (text.ja.empty()) return misplaced(place.key("ja"), "expected a text");
  if (text.en.empty()) return misplaced(place.key("en"), "expected a text");
  return Done{};
}

Status check_texts(const std::vector<Text>& texts, const Place& place) {
  if (texts.empty()) return misplaced(place, "expected at least one text");
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (auto status = check_text(texts[i], place.index(i)); !status) return status;
  return Done{};
}

Status check_group(const Collected& collected, const CollectedGroup& group, const Place& place) {
  if (auto status = check_text(group.what, place.key("what")); !status) return status;
  if (group.fields.empty()) return misplaced(place.key("fields"), "expected a field");
  if (!group.purpose && (!group.checks || group.checks->empty())) return misplaced(place, "expected checks or a purpose");
  if (group.purpose)
    if (auto status = check_text(*group.purpose, place.key("purpose")); !status) return status;
  for (const auto& id : group.checks.value_or(std::vector<std::string>{}))
    if (!find_check(id)) return misplaced(place.key("checks"), "no check \"" + id + "\"");
  if (group.kept.empty()) return misplaced(place.key("kept"), "expected how long");
  for (const auto& id : group.kept)
    if (std::none_of(collected.retention.begin(), collected.retention.end(), [&](const auto& kept) { return kept.id == id; }))
      return misplaced(place.key("kept"), "no retention \"" + id + "\"");
  return Done{};
}

Status validate(const Collected& collected) {
  const Place top;
  if (collected.format != kCollectedFormat) return misplaced(top.key("format"), std::string("expected \"") + kCollectedFormat + "\"");
  for (const auto& [texts, name] :
       {std::pair{&collected.never, "never"}, std::pair{&collected.stays, "stays"}, std::pair{&collected.optional, "optional"}})
    if (auto status = check_texts(*texts, top.key(name)); !status) return status;
  for (const auto& kept : collected.retention)
    if (auto status = check_text(kept.text, top.key("retention." + kept.id)); !status) return status;
  for (const auto& topic : collected.topics) {
    const Place place = top.key("topics." + topic.id);
    if (auto status = check_text(topic.name, place.key("name")); !status) return status;
    for (std::size_t i = 0; i < topic.groups.size(); ++i)
      if (auto status = check_group(collected, topic.groups[i], place.key("groups").index(i)); !status) return status;
  }
  return Done{};
}

class Fields {
 public:
  void add(const Json& schema, const std::string& place) {
    if (add_fact(schema, place)) return;
    const auto type = schema.value("type", "");
    if (type == "object" && schema.contains("properties")) {
      for (const auto& [name, member] : schema["properties"].items()) add(member, place.empty() ? name : place + "." + name);
    } else if (type == "object" && schema.contains("additionalProperties")) {
      found_.insert(place + "{}");
      if (is_more(schema["additionalProperties"])) add(schema["additionalProperties"], place + "{}");
    } else if (type == "array") {
      add(schema["items"], place + "[]");
    } else {
      found_.insert(place);
    }
  }
  std::vector<std::string> found() const { return {found_.begin(), found_.end()}; }

 private:
  // A map's plain values have the place of their names.
  static bool is_more(const Json& schema) { return schema.contains("oneOf") || schema.contains("properties") || schema.contains("items"); }

  // compliance/fact.h: a value with its source, or the reason why there is none.
  bool add_fact(const Json& schema, const std::string& place) {
    if (!schema.contains("oneOf") || schema["oneOf"].size() != 2) return false;
    const auto& with_value = schema["oneOf"][0];
    if (schema["oneOf"][1].value("$ref", "") != "#/$defs/absent" || !with_value.contains("properties")) return false;
    for (const auto& [name, member] : with_value["properties"].items())
      if (name == "value")
        add(member, place);
      else
        found_.insert("*." + name);
    return true;
  }

  std::set<std::string> found_;
};

}  // namespace

std::vector<std::string> fields_of(const Json& schema) {
  Fields fields;
  fields.add(schema, "");
  auto found = fields.found();
  if (schema.contains("$defs") && schema["$defs"].contains("absent"))
    for (const auto& [name, member] : schema["$defs"]["absent"]["properties"].items()) found.push_back("*." + name);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<std::string> evidence_fields() { return fields_of(evidence_schema()); }

platform::Result<Collected> read_collected(std::string_view text) {
  auto json = platform::parse_json(text, kMaxCollectedBytes);
  if (!json) return json.error();
  Collected collected;
  if (auto status = platform::read_form(*json, collected, Place{}); !status) return status.error();
  if (auto status = validate(collected); !status) return status.error();
  return collected;
}

const Collected& built_in_collected() {
  static const Collected collected = [] {
    for (const auto& file : embedded::data())
      if (file.name == "collected.json") {
        auto read = read_collected(file.text);
        assert(read);
        if (read) return std::move(*read);
      }
    return Collected{};
  }();
  return collected;
}

}  // namespace gokajo::compliance
