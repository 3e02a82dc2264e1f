#include "compliance/fact.h"

namespace gokajo::platform {

Json write_fact(const FactForm& fact) {
  Json out = Json::object();
  const bool has_value = fact.form.there(fact.value);
  if (has_value) {
    out["value"] = fact.form.write(fact.value);
    if (fact.no_newer) out["no_newer"] = to_form(*fact.no_newer);
  } else {
    out["absent"] = to_form(fact.absent);
  }
  if (!fact.detail.empty() && (fact.no_newer || !has_value)) out["detail"] = printable_utf8(fact.detail);
  out["source"] = printable_utf8(fact.source);
  out["observed_at"] = format_time(fact.observed_at);
  return out;
}

Status read_fact(const Json& json, const FactForm& out, const Place& place) {
  if (!json.is_object()) return expected(place, "a fact", json);
  const auto& there = members(json);
  const auto value = there.find(std::string_view("value"));
  const bool has_value = value != there.end();
  if (has_value == there.contains(std::string_view("absent"))) return misplaced(place, "expected either \"value\" or \"absent\"");
  // An optional's reader takes null for "not there", which a fact's value cannot be.
  if (has_value && value->second.is_null()) return expected(place.key("value"), "a value", value->second);
  const bool is_earlier = has_value && there.contains(std::string_view("no_newer"));
  for (const auto& [key, member] : there) {
    Status status = Done{};
    if (key == "value") {
      status = out.form.read(member, out.value, place.key(key));
    } else if (key == "absent") {
      status = read_form(member, out.absent, place.key(key));
    } else if (key == "no_newer" && has_value) {
      status = read_form(member, out.no_newer.emplace(), place.key(key));
    } else if (key == "detail" && (is_earlier || !has_value)) {
      status = read_form(member, out.detail, place.key(key));
    } else if (key == "source") {
      status = read_form(member, out.source, place.key(key));
    } else if (key == "observed_at") {
      status = read_form(member, out.observed_at, place.key(key));
    } else {
      status = misplaced(place.key(key), "unknown key");
    }
    if (!status) return status;
  }
  return Done{};
}

Json fact_schema(Json value, SchemaDefinitions& definitions) {
  definitions["absent"] = {{"type", "object"},
                           {"properties",
                            {{"absent", schema_form<ErrorKind>(definitions)},
                             {"detail", {{"type", "string"}}},
                             {"source", {{"type", "string"}}},
                             {"observed_at", {{"type", "string"}, {"format", "date-time"}}}}},
                           {"required", {"absent"}},
                           {"additionalProperties", false}};
  return {{"oneOf",
           {{{"type", "object"},
             {"properties",
              {{"value", std::move(value)},
               {"no_newer", schema_form<ErrorKind>(definitions)},
               {"detail", {{"type", "string"}}},
               {"source", {{"type", "string"}}},
               {"observed_at", {{"type", "string"}, {"format", "date-time"}}}}},
             {"required", {"value"}},
             {"dependentRequired", {{"detail", {"no_newer"}}}},
             {"additionalProperties", false}},
            {{"$ref", "#/$defs/absent"}}}}};
}

}  // namespace gokajo::platform
