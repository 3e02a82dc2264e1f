#include "hub/evidence/manifest.h"

#include <set>

#include "hub/evidence/zip.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result, platform::Status;

namespace {

Error wrong(const std::string& what) { return Error{ErrorKind::malformed, what}; }

Status look_at_members(const std::vector<PackMember>& members) {
  if (members.size() > kMaxMembers) return Error{ErrorKind::too_large, "members: more than " + std::to_string(kMaxMembers)};
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto place = "members[" + std::to_string(i) + "].";
    const auto& member = members[i];
    if (!is_member_name(member.name) || member.name == kManifestName || member.name == kSignatureName)
      return wrong(place + "name: no name of a member");
    if (!seen.insert(member.name).second) return wrong(place + "name: there twice");
    if (member.size < 0 || static_cast<std::uint64_t>(member.size) > kMaxPackBytes) return wrong(place + "size: out of range");
    if (!is_sha256(member.sha256)) return wrong(place + "sha256: expected 64 characters of 0-9a-f");
  }
  return platform::Done{};
}

}  // namespace

bool is_sha256(std::string_view text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

std::string in_groups(const std::string& hex) {
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 4) out += (i > 0 ? " " : "") + hex.substr(i, 4);
  return out;
}

std::string write_manifest(const Manifest& manifest) { return platform::to_text(platform::to_form(manifest)); }

Result<Manifest> read_manifest(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxManifestBytes);
  if (!json) return json.error();
  Manifest manifest;
  // The format first: a later one is said to be that, and not to have a key nobody knows.
  const auto format = json->is_object() ? json->find("format") : json->end();
  if (!json->is_object() || format == json->end() || *format != kManifestFormat)
    return wrong(std::string("format: expected \"") + kManifestFormat + "\"");
  if (auto read = platform::read_form(*json, manifest, {}); !read) return read.error();
  if (manifest.number < 1 || manifest.number > kMaxPackNumber) return wrong("number: out of range");
  if (manifest.until <= manifest.from) return wrong("until: not after from");
  if (!is_sha256(manifest.key)) return wrong("key: expected 64 characters of 0-9a-f");
  if (manifest.previous && !is_sha256(*manifest.previous)) return wrong("previous: expected 64 characters of 0-9a-f");
  if (manifest.previous.has_value() != (manifest.number > 1)) return wrong("previous: expected with every number but 1");
  if (auto members = look_at_members(manifest.members); !members) return members.error();
  return manifest;
}

platform::Json manifest_schema() {
  platform::SchemaDefinitions definitions;
  auto schema = platform::schema_form<Manifest>(definitions);
  const platform::Json hash{{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}};
  schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  schema["$id"] = "evidence-manifest.schema.json";
  schema["title"] = "manifest.json of an evidence pack of Gokajo";
  auto& properties = schema["properties"];
  properties["format"] = {{"const", kManifestFormat}};
  properties["number"] = {{"type", "integer"}, {"minimum", 1}, {"maximum", kMaxPackNumber}};
  properties["key"] = properties["previous"] = hash;
  properties["members"]["maxItems"] = kMaxMembers;
  auto& member = properties["members"]["items"]["properties"];
  member["name"] = {{"type", "string"}, {"pattern", kMemberNamePattern}};
  member["size"] = {{"type", "integer"}, {"minimum", 0}, {"maximum", kMaxPackBytes}};
  member["sha256"] = hash;
  if (!definitions.empty()) schema["$defs"] = definitions;
  return schema;
}

}  // namespace gokajo::hub
