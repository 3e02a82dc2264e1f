#include "compliance/evidence.h"

#include <boost/describe.hpp>

namespace gokajo::compliance {
namespace {

using platform::Json, platform::Place, platform::SchemaDefinitions, platform::Status;

// Every topic but declarations may be missing: an agent that does not know it did not ask.
template <class Topic>
Status read_topic(const Json& json, const char* name, Topic& out) {
  const auto found = json.find(name);
  if (found == json.end()) return platform::Done{};
  return platform::read_form(*found, out, Place{name});
}

constexpr const char* kTopics[] = {"device",  "updates", "antivirus", "passwords",   "sharing",
                                   "threats", "extras",  "inventory", "declarations"};

}  // namespace

Json write_evidence(const Evidence& evidence) {
  return {{"device", platform::to_form(evidence.device)},
          {"updates", platform::to_form(evidence.updates)},
          {"antivirus", platform::to_form(evidence.antivirus)},
          {"passwords", platform::to_form(evidence.passwords)},
          {"sharing", platform::to_form(evidence.sharing)},
          {"threats", platform::to_form(evidence.threats)},
          {"extras", platform::to_form(evidence.extras)},
          {"inventory", platform::to_form(evidence.inventory)},
          {"declarations", platform::to_form(evidence.declarations)}};
}

platform::Result<Evidence> read_evidence(const Json& json) {
  if (!json.is_object()) return platform::expected(Place{"evidence"}, "an object", json);
  for (const auto& [key, value] : json.items())
    if (std::find(std::begin(kTopics), std::end(kTopics), key) == std::end(kTopics)) return platform::misplaced(Place{key}, "unknown key");
  Evidence out;
  const auto& topics = {read_topic(json, "device", out.device),
                        read_topic(json, "updates", out.updates),
                        read_topic(json, "antivirus", out.antivirus),
                        read_topic(json, "passwords", out.passwords),
                        read_topic(json, "sharing", out.sharing),
                        read_topic(json, "threats", out.threats),
                        read_topic(json, "extras", out.extras),
                        read_topic(json, "inventory", out.inventory),
                        read_topic(json, "declarations", out.declarations)};
  for (const auto& status : topics)
    if (!status) return status.error();
  return out;
}

Json evidence_schema() {
  SchemaDefinitions definitions;
  Json properties = {{"device", platform::schema_form<Device>(definitions)},
                     {"updates", platform::schema_form<Updates>(definitions)},
                     {"antivirus", platform::schema_form<Antivirus>(definitions)},
                     {"passwords", platform::schema_form<Passwords>(definitions)},
                     {"sharing", platform::schema_form<Sharing>(definitions)},
                     {"threats", platform::schema_form<Threats>(definitions)},
                     {"extras", platform::schema_form<Extras>(definitions)},
                     {"inventory", platform::schema_form<Inventory>(definitions)},
                     {"declarations", platform::schema_form<std::vector<Declaration>>(definitions)}};
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"title", "Gokajo evidence"},
          {"type", "object"},
          {"properties", std::move(properties)},
          {"additionalProperties", false},
          {"$defs", definitions}};
}

}  // namespace gokajo::compliance
