#include "protocol/content.h"

#include "compliance/finding_form.h"
#include "protocol/device_key.h"

namespace gokajo::protocol {

using platform::Error, platform::ErrorKind, platform::Json;
using namespace std::string_view_literals;

namespace {

constexpr const char* kObserved = "observed_at";

// A fact or the reason of a missing one (compliance/fact.h), or a finding. Nothing else in a content has a source or a check beside a time
// of observation.
bool is_timed(const Json::object_t& members) {
  bool source = false, fact = false, check = false, verdict = false;
  for (const auto& [key, value] : members) {
    const std::string_view name = key;  // compared by its length first
    source = source || name == "source"sv;
    fact = fact || name == "value"sv || name == "absent"sv || name == "reason"sv;
    check = check || name == "check"sv;
    verdict = verdict || name == "verdict"sv;
  }
  return (source && fact) || (check && verdict);
}

// `change` gets the members of each.
template <class Change>
void each_timed(Json& json, const Change& change) {
  if (auto* members = json.get_ptr<Json::object_t*>()) {
    if (is_timed(*members)) change(*members);
    for (auto& [key, member] : *members)
      if (member.is_structured()) each_timed(member, change);
  } else if (auto* elements = json.get_ptr<Json::array_t*>()) {
    for (auto& element : *elements)
      if (element.is_structured()) each_timed(element, change);
  }
}

void leave_out_times(Json& json, platform::Time scanned_at) {
  each_timed(json, [&](Json::object_t& members) {
    const auto member = members.find(kObserved);
    if (member == members.end() || !member->second.is_string()) return;
    const auto time = platform::parse_time(member->second.get_ref<const std::string&>());
    if (time && *time - scanned_at < kSameTime && scanned_at - *time < kSameTime) members.erase(member);
  });
}

void put_back_times(Json& json, platform::Time scanned_at) {
  const auto text = platform::format_time(scanned_at - kSameTime);
  each_timed(json, [&](Json::object_t& members) { members.try_emplace(kObserved, text); });
}

// Adds up what operations bring in, so that they cannot grow a document beyond bounds.
platform::Status check_changes(const Json& changes, std::size_t max_bytes) {
  if (!changes.is_array()) return Error{ErrorKind::malformed, "changes: expected an array"};
  if (changes.size() > kMaxChanges) return Error{ErrorKind::too_large, "changes: more than " + std::to_string(kMaxChanges)};
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto place = "changes[" + std::to_string(i) + "]";
    const auto op = changes[i].is_object() ? changes[i].find("op") : changes[i].end();
    if (!changes[i].is_object() || op == changes[i].end() || (*op != "add" && *op != "remove" && *op != "replace"))
      return Error{ErrorKind::malformed, place + ".op: expected add, remove or replace"};
    bytes += changes[i].dump().size();
  }
  if (bytes > max_bytes) return Error{ErrorKind::too_large, "changes: too long"};
  return platform::Done{};
}

}  // namespace

Json write_content(const Content& content) {
  Json json = {{"evidence", compliance::write_evidence(content.evidence)},
               {"memory", compliance::write_memory(content.memory)},
               {"findings", platform::to_form(content.findings)}};
  leave_out_times(json, content.scanned_at);
  return json;
}

platform::Result<Content> read_content(Json json, platform::Time scanned_at) {
  const platform::Place place{"content"};
  if (!json.is_object()) return platform::expected(place, "an object", json);
  for (const auto& [key, member] : json.items())
    if (key != "evidence" && key != "memory" && key != "findings") return platform::misplaced(place.key(key), "unknown key");
  for (const char* key : {"evidence", "memory", "findings"})
    if (!json.contains(key)) return platform::misplaced(place.key(key), "missing");
  put_back_times(json, scanned_at);
  Content content{scanned_at, {}, {}, {}};
  auto evidence = compliance::read_evidence(json["evidence"]);
  if (!evidence) return evidence.error();
  content.evidence = std::move(*evidence);
  auto memory = compliance::read_memory(std::move(json["memory"]));
  if (!memory) return memory.error();
  content.memory = std::move(*memory);
  if (auto status = platform::read_form(json["findings"], content.findings, place.key("findings")); !status) return status.error();
  return content;
}

platform::Result<compliance::Inventory> read_inventory(const Json& json, platform::Time scanned_at) {
  const auto evidence = json.find("evidence");
  compliance::Inventory inventory;
  if (evidence == json.end() || !evidence->is_object() || !evidence->contains("inventory")) return inventory;
  Json part = (*evidence)["inventory"];
  put_back_times(part, scanned_at);
  if (auto status = platform::read_form(part, inventory, platform::Place{"inventory"}); !status) return status.error();
  return inventory;
}

std::string content_sha256(const Json& content) { return sha256_hex(platform::to_text(content)); }

Json changes_between(const Json& before, const Json& now) { return Json::diff(before, now); }

platform::Result<Json> apply_changes(const Json& before, const Json& changes, std::size_t max_bytes) {
  if (auto status = check_changes(changes, max_bytes); !status) return status.error();
  try {
    Json now = before.patch(changes);
    if (platform::to_text(now).size() > max_bytes) return Error{ErrorKind::too_large, "changes: the result is too long"};
    return now;
  } catch (const Json::exception& problem) {
    return Error{ErrorKind::malformed, std::string("changes: ") + problem.what()};
  }
}

}  // namespace gokajo::protocol
