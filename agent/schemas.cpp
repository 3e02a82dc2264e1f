#include "agent/schemas.h"

#include "agent/state.h"
#include "compliance/collected.h"
#include "compliance/evidence.h"
#include "compliance/judge.h"
#include "compliance/policy.h"
#include "compliance/scan_document.h"
#include "compliance/windows_levels.h"
#include "compliance/wording.h"
#include "platform/snapshot.h"
#include "protocol/carried.h"
#include "protocol/enrolment.h"
#include "protocol/problem.h"
#include "protocol/receipt.h"
#include "protocol/report.h"
#include "protocol/settings.h"
#include "protocol/wishes.h"

namespace gokajo::agent {
namespace {

using platform::Json, platform::SchemaDefinitions, platform::schema_form;

const Json kText = {{"type", "string"}};
const Json kTime = {{"type", "string"}, {"format", "date-time"}};

Json object(Json properties, Json required) {
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}, {"additionalProperties", false}};
}

Json array_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

Json document(std::string_view name, const char* title, Json body, const SchemaDefinitions& definitions) {
  body["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  body["$id"] = std::string(name) + ".schema.json";
  body["title"] = title;
  if (!definitions.empty()) body["$defs"] = definitions;
  return body;
}

// With the key "format" that names the version of the form.
Json with_format(Json body, const char* format) {
  body["properties"]["format"] = {{"const", format}};
  Json required = {"format"};
  for (const auto& name : body["required"])
    if (name != "format") required.push_back(name);
  body["required"] = std::move(required);
  return body;
}

Json memory_body(SchemaDefinitions& definitions) {
  return with_format(schema_form<compliance::Memory>(definitions), compliance::kMemoryFormat);
}

// By name, each with its type as the only key: {"count": 3}, {"date": "2026-11-22T00:00:00Z"}, {"list": ["a", "b"]}.
Json parameters() {
  const Json whole = {{"type", "integer"}};
  Json choices = Json::array();
  for (const auto& [type, form] : std::vector<std::pair<const char*, Json>>{
           {"count", whole}, {"days", whole}, {"date", kTime}, {"name", kText}, {"version", kText}, {"list", array_of(kText)}})
    choices.push_back(object({{type, form}}, Json::array({type})));
  return {{"type", "object"}, {"additionalProperties", {{"oneOf", std::move(choices)}}}};
}

Json finding(SchemaDefinitions& definitions) {
  const Json verdict = schema_form<compliance::Verdict>(definitions);
  const Json text = schema_form<compliance::Text>(definitions);
  return object({{"check", kText},
                 {"rule", kText},
                 {"required", {{"type", "boolean"}}},
                 {"verdict", verdict},
                 {"situation", kText},
                 {"parameters", parameters()},
                 {"observed_at", kTime},
                 {"text", text},
                 {"items", array_of(object({{"parameters", parameters()}, {"text", text}}, {"parameters"}))},
                 {"first_seen", kTime},
                 {"absent", schema_form<compliance::Absence>(definitions)},
                 {"declared", {{"const", true}}},
                 {"earlier", schema_form<compliance::EarlierAnswer>(definitions)},
                 {"why", text},
                 {"fix", schema_form<compliance::NotLookedAt>(definitions)},
                 {"exception", schema_form<compliance::PolicyException>(definitions)}},
                {"check", "rule", "required", "verdict", "situation", "parameters", "observed_at", "text", "items"});
}

Json scan_body(SchemaDefinitions& definitions) {
  Json evidence = compliance::evidence_schema();
  for (const auto& [name, definition] : evidence["$defs"].items()) definitions[name] = definition;
  const Json device = object({{"name", kText}, {"os", kText}}, Json::array());
  const Json rule = object({{"id", kText}, {"number", {{"type", "integer"}}}, {"verdict", schema_form<compliance::Verdict>(definitions)}},
                           {"id", "number", "verdict"});
  return with_format(object({{"scanned_at", kTime},
                             {"device", device},
                             {"pack", object({{"id", kText}, {"version", kText}}, {"id", "version"})},
                             {"rules", array_of(rule)},
                             {"findings", array_of(finding(definitions))},
                             {"not_looked_at", schema_form<compliance::NotLookedAt>(definitions)},
                             {"evidence", {{"type", "object"}, {"properties", evidence["properties"]}, {"additionalProperties", false}}}},
                            {"scanned_at", "device", "pack", "rules", "findings", "not_looked_at", "evidence"}),
                     compliance::kScanFormat);
}

Json snapshot_body(SchemaDefinitions& definitions) {
  const Json error = object({{"kind", schema_form<platform::ErrorKind>(definitions)}, {"detail", kText}}, {"kind", "detail"});
  Json answer = object({{"question", schema_form<platform::Question>(definitions)},
                        {"reply", schema_form<platform::Reply>(definitions)},
                        {"error", error},
                        {"no_newer", error},
                        {"observed_at", kTime}},
                       {"question", "observed_at"});
  answer["oneOf"] = {{{"required", {"reply"}}}, {{"required", {"error"}}}};
  answer["dependentRequired"] = {{"no_newer", {"reply"}}};
  Json memory = memory_body(definitions);
  return with_format(object({{"recorded_at", kTime},
                             {"answers", array_of(std::move(answer))},
                             {"memory", std::move(memory)},
                             {"declarations", schema_form<std::vector<compliance::Declaration>>(definitions)}},
                            {"recorded_at", "answers"}),
                     platform::kSnapshotFormat);
}

// What travels between agent and hub (docs/protocol.md).
template <class T>
Json travelling(std::string_view name, const char* title, const char* format) {
  SchemaDefinitions definitions;
  Json body = with_format(schema_form<T>(definitions), format);
  return document(name, title, std::move(body), definitions);
}

Json travelling(std::string_view name) {
  if (name == "report") return document(name, "One scan of one device, gokajo-report/1", protocol::report_schema(), {});
  if (name == "wishes")
    return travelling<protocol::Wishes>(name, "What the hub would have of a PC that has nothing to report, gokajo-wishes/1",
                                        protocol::kWishesFormat);
  if (name == "receipt")
    return travelling<protocol::Receipt>(name, "The hub has stored a report, gokajo-receipt/1", protocol::kReceiptFormat);
  if (name == "enrol")
    return travelling<protocol::Enrol>(name, "A device shows its key and a code, gokajo-enrol/1", protocol::kEnrolFormat);
  if (name == "enrolled")
    return travelling<protocol::Enrolled>(name, "The hub's answer to an enrolment, gokajo-enrolled/1", protocol::kEnrolledFormat);
  if (name == "settings")
    return travelling<protocol::Settings>(name, "What a hub tells its devices, gokajo-settings/1", protocol::kSettingsFormat);
  if (name == "carried")
    return travelling<protocol::Carried>(name, "A report that travels as a file, gokajo-carried/1", protocol::kCarriedFormat);
  if (name == "problem")
    return travelling<protocol::Problem>(name, "Why a hub did not take a request, gokajo-problem/1", protocol::kProblemFormat);
  return nullptr;
}

}  // namespace

const std::vector<std::string_view>& schema_names() {
  static const std::vector<std::string_view> names = {"scan",     "snapshot",  "evidence", "policy",  "declarations",  "memory",
                                                      "wording",  "collected", "report",   "receipt", "wishes",        "enrol",
                                                      "enrolled", "settings",  "problem",  "carried", "windows-levels"};
  return names;
}

Json schema_of(std::string_view name) {
  SchemaDefinitions definitions;
  if (name == "evidence") return compliance::evidence_schema();
  if (name == "scan") {
    Json body = scan_body(definitions);
    return document(name, "What gokajo scan --format json prints, gokajo-scan/1", std::move(body), definitions);
  }
  if (name == "snapshot") {
    Json body = snapshot_body(definitions);
    return document(name, "Every question of a scan and its answer, gokajo-snapshot/1", std::move(body), definitions);
  }
  if (name == "memory") return document(name, "What earlier scans knew, gokajo-memory/1", memory_body(definitions), {});
  if (name == "policy")
    return document(name, "What one company changed in its rule pack, gokajo-policy/1",
                    with_format(schema_form<compliance::Policy>(definitions), compliance::kPolicyFormat), {});
  if (name == "declarations")
    return document(
        name, "What a person answered, gokajo-declarations/1",
        with_format(object({{"declarations", schema_form<std::vector<compliance::Declaration>>(definitions)}}, {"declarations"}),
                    kDeclarationsFormat),
        {});
  if (name == "wording")
    return document(name, "Sentences of checks, by check and situation", schema_form<compliance::Wording>(definitions), {});
  if (name == "collected")
    return document(name, "What is collected, what for and how long it is kept, gokajo-collected/1",
                    with_format(schema_form<compliance::Collected>(definitions), compliance::kCollectedFormat), {});
  if (name == "windows-levels") {
    Json body = with_format(schema_form<compliance::WindowsLevels>(definitions), compliance::kWindowsLevelsFormat);
    body["properties"]["builds"]["items"]["properties"]["levels"]["items"]["properties"]["day"] = {{"type", "string"}, {"format", "date"}};
    return document(name, "Which monthly update of Windows a level is, gokajo-windows-levels/1", std::move(body), definitions);
  }
  return travelling(name);
}

}  // namespace gokajo::agent
